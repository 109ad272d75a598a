// @ts-check

const AFTER_LOADING_MS = 150;

/** Screen readers announce what comes into a live region, and not what stood in it when the page was loaded. */
export function announceMessages() {
  const region = document.querySelector("[data-messages]");
  if (!region || region.childElementCount === 0) return;
  const messages = [...region.children];
  setTimeout(() => region.replaceChildren(...messages.map((message) => message.cloneNode(true))), AFTER_LOADING_MS);
}
