// @ts-check
/* The words at fault in a text. */

/**
 * Show a text in an element with spans of it marked. Spans count code points, which JavaScript's own indices do not.
 * @param {Element} element
 * @param {string} text
 * @param {{start: number, end: number}[]} spans
 */
export function showMarked(element, text, spans) {
  const characters = Array.from(text);
  const marked = characters.map(() => false);
  for (const { start, end } of spans) marked.fill(true, start, end);
  element.replaceChildren();
  for (let from = 0, to = 0; from < characters.length; from = to) {
    while (to < characters.length && marked[to] === marked[from]) to += 1;
    const piece = characters.slice(from, to).join("");
    element.append(marked[from] ? mark(piece) : piece);
  }
}

/** @param {string} text */
function mark(text) {
  const element = document.createElement("mark");
  element.textContent = text;
  return element;
}
