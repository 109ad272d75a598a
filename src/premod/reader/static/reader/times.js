// @ts-check
/* Times in the reader's own zone, written as the server writes them in this language. */

/** @param {Date} moment */
export function inWords(moment) {
  const { months = "", moment: pattern = "" } = document.body.dataset;
  const digits = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return pattern
    .replace("{day}", String(moment.getDate()))
    .replace("{month}", months.split("|")[moment.getMonth()])
    .replace("{year}", String(moment.getFullYear()))
    .replace("{time}", `${digits(moment.getHours())}:${digits(moment.getMinutes())}`);
}

/** @param {ParentNode} within */
export function localiseTimes(within) {
  for (const element of within.querySelectorAll("time")) {
    const moment = new Date(element.dateTime);
    if (!Number.isNaN(moment.valueOf())) element.textContent = inWords(moment);
  }
}
