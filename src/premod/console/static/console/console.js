// @ts-check
// Keyboard shortcuts. Every page works without them, and without JavaScript.

const OFF = "premod-shortcuts-off";

/** @returns {boolean} */
function shortcutsAreOn() {
  return sessionStorage.getItem(OFF) === null;
}

/**
 * @param {KeyboardEvent} event
 * @returns {boolean} whether the key belongs to something else: a field, the browser, or an input method
 */
function belongsElsewhere(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return true;
  const target = /** @type {HTMLElement} */ (event.target);
  if (document.querySelector("dialog[open]")) return true;
  return target.matches("input:not([type=checkbox]), textarea, select");
}

/** @param {number} step */
function moveInList(step) {
  const entries = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-list] .entry")]);
  if (entries.length === 0) return;
  const at = entries.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = at === -1 ? (step > 0 ? 0 : entries.length - 1) : Math.min(Math.max(at + step, 0), entries.length - 1);
  entries[next].focus();
}

function openHelp() {
  const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("shortcuts"));
  dialog?.showModal();
}

function chooseGuideline() {
  const boxes = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("#guidelines input")]);
  const suggested = boxes.find((box) => box.matches(":checked"));
  (suggested ?? boxes[0])?.focus();
}

/** @param {string} key */
function toggleGuideline(key) {
  const box = /** @type {HTMLInputElement | null} */ (document.querySelector(`[data-guideline-key="${key}"]`));
  if (!box) return;
  box.checked = !box.checked;
  box.focus();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (belongsElsewhere(event)) return;
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.key === "Enter" && target.matches("#guidelines input")) {
    event.preventDefault();
    /** @type {HTMLElement | null} */ (document.querySelector("button.reject"))?.click();
    return;
  }
  if (event.key === "?") {
    openHelp();
    return;
  }
  if (!shortcutsAreOn()) return;
  const pressed = event.key.toLowerCase();
  if (pressed === "j" || event.key === "ArrowDown") moveInList(1);
  else if (pressed === "k" || event.key === "ArrowUp") moveInList(-1);
  else if (pressed === "r") chooseGuideline();
  else if (/^[0-9-]$/.test(pressed)) toggleGuideline(pressed);
  else if (/^[a-z]$/.test(pressed)) /** @type {HTMLElement | null} */ (document.querySelector(`[data-key="${pressed}"]`))?.click();
  else return;
  if (document.querySelector("[data-list]") || !event.key.startsWith("Arrow")) event.preventDefault();
}

document.addEventListener("keydown", onKey);

const help = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-help]"));
if (help) {
  help.hidden = false;
  help.addEventListener("click", openHelp);
}

const on = /** @type {HTMLInputElement | null} */ (document.getElementById("shortcuts-on"));
if (on) {
  on.checked = shortcutsAreOn();
  on.addEventListener("change", () => {
    if (on.checked) sessionStorage.removeItem(OFF);
    else sessionStorage.setItem(OFF, "1");
  });
}

const language = /** @type {HTMLSelectElement | null} */ (document.getElementById("language"));
language?.addEventListener("change", () => language.form?.requestSubmit());
