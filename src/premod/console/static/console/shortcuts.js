// @ts-check
// Single keys that do what the links and buttons of the page do. They can be switched off (WCAG 2.1.4).

const OFF = "premod-shortcuts-off";

/** @returns {boolean} */
function areOn() {
  return localStorage.getItem(OFF) === null;
}

/** @param {boolean} on */
function turn(on) {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
  document.documentElement.classList.toggle("shortcuts", on);
}

/**
 * @param {KeyboardEvent} event
 * @returns {boolean} whether the key belongs to something else: a field, the browser, a dialog or an input method
 */
function belongsElsewhere(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return true;
  if (document.querySelector("dialog[open]")) return true;
  const target = /** @type {HTMLElement} */ (event.target);
  return target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
}

/**
 * @param {KeyboardEvent} event
 * @returns {string} the key by the Latin letter or digit on it, whatever alphabet the keyboard is set to
 */
function keyOf(event) {
  if (event.key === "?" || event.key === "؟") return "?";
  if (event.shiftKey) return "";
  if (event.key.length > 1 || event.key.charCodeAt(0) < 128) return event.key.toLowerCase();
  return /^(?:Key|Digit)(.)$/.exec(event.code)?.[1].toLowerCase() ?? "";
}

/** @param {number} step */
function moveInList(step) {
  const entries = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-list] .entry")]);
  if (entries.length === 0) return false;
  const at = entries.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = at === -1 ? (step > 0 ? 0 : entries.length - 1) : Math.min(Math.max(at + step, 0), entries.length - 1);
  entries[next].focus();
  return true;
}

function openHelp() {
  /** @type {HTMLDialogElement | null} */ (document.querySelector("#shortcuts"))?.showModal();
  return true;
}

function goToGuidelines() {
  const boxes = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("#guidelines input")]);
  const box = boxes.find((candidate) => candidate.matches(":checked")) ?? boxes[0];
  box?.focus();
  return Boolean(box);
}

/** @param {string} key */
function toggleGuideline(key) {
  const box = /** @type {HTMLInputElement | null} */ (document.querySelector(`[data-guideline-key="${key}"]`));
  if (!box) return false;
  box.checked = !box.checked;
  box.focus();
  return true;
}

/** @param {string} key */
function follow(key) {
  const control = /** @type {HTMLElement | null} */ (document.querySelector(`[data-key="${key}"]`));
  control?.click();
  return Boolean(control);
}

/**
 * @param {Element} target
 * @returns {boolean} whether Enter was pressed on a guideline, and its form is sent
 */
function confirmRejection(target) {
  if (!target.matches("#guidelines input")) return false;
  /** @type {HTMLElement | null} */ (document.querySelector("button.reject"))?.click();
  return true;
}

/**
 * @param {string} key
 * @param {KeyboardEvent} event
 * @returns {boolean} whether the key did something
 */
function act(key, event) {
  if (key === "j" || key === "arrowdown") return moveInList(1);
  if (key === "k" || key === "arrowup") return moveInList(-1);
  // A key held down goes on repeating on the next page, and would decide on comments nobody has read.
  if (event.repeat) return false;
  if (key === "enter") return confirmRejection(/** @type {Element} */ (event.target));
  if (key === "?") return openHelp();
  if (key === "r") return goToGuidelines();
  if (/^[0-9-]$/.test(key)) return toggleGuideline(key);
  return /^[anu]$/.test(key) && follow(key);
}

export function useShortcuts() {
  const help = /** @type {HTMLElement | null} */ (document.querySelector("[data-help]"));
  const on = /** @type {HTMLInputElement | null} */ (document.querySelector("#shortcuts-on"));
  if (!help || !on) return;
  help.hidden = false;
  help.addEventListener("click", openHelp);
  on.checked = areOn();
  on.addEventListener("change", () => turn(on.checked));
  turn(areOn());
  document.addEventListener("keydown", (event) => {
    if (areOn() && !belongsElsewhere(event) && act(keyOf(event), event)) event.preventDefault();
  });
}
