// @ts-check
/* Tells the publisher's page how tall this one is, and follows its text size. */

const SMALLEST_SCALE = 0.75;
const LARGEST_SCALE = 2;

/** @type {string | null} The origin of the page around this one; null until it has said hello. */
let around = null;

function tellSize() {
  if (around === null) return;
  const height = document.documentElement.getBoundingClientRect().height;
  window.parent.postMessage({ premod: "size", height, title: document.title }, around);
}

window.addEventListener("message", (event) => {
  // Who may frame this page is settled by its frame-ancestors: whoever is the parent is one of them.
  if (event.source !== window.parent || event.source === window || event.data?.premod !== "hello") return;
  if (around !== null && around !== event.origin) return;
  around = event.origin;
  const scale = Math.min(LARGEST_SCALE, Math.max(SMALLEST_SCALE, Number(event.data.textScale) || 1));
  document.documentElement.style.fontSize = scale === 1 ? "" : `${scale * 100}%`;
  tellSize();
});

new ResizeObserver(tellSize).observe(document.documentElement);
