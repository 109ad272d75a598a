// @ts-check
/* A button that copies an address. */

/**
 * @param {HTMLButtonElement} button
 * @param {() => string} address
 */
export function copyOnClick(button, address) {
  // Browsers offer the clipboard over HTTPS only, and not in every frame.
  if (!navigator.clipboard) {
    button.hidden = true;
    return;
  }
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(address());
    } catch {
      button.hidden = true;
      return;
    }
    button.textContent = button.dataset.copied ?? label;
    window.setTimeout(() => (button.textContent = label), 2_000);
  });
}
