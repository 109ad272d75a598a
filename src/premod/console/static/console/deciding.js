// @ts-check

/**
 * Let each page send one decision. A second click while the first is under way would be answered with "already
 * decided", which reads as if somebody else had been there.
 */
export function guardForms() {
  const forms = /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("[data-deciding]"));
  let sent = false;
  for (const form of forms) {
    form.addEventListener("submit", (event) => {
      if (sent) event.preventDefault();
      sent = true;
    });
  }
  // A page that the browser kept and shows again may decide again.
  addEventListener("pageshow", () => {
    sent = false;
  });
}
