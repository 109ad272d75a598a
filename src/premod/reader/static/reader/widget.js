// @ts-check
/* The widget: posting, answering and local times. Reading works without it. */

import "./frame.js";
import { Form } from "./form.js";
import { showOwn } from "./own.js";
import { localiseTimes } from "./times.js";

localiseTimes(document);

const element = /** @type {HTMLFormElement | null} */ (document.querySelector("#form"));
if (element) {
  const form = new Form(element, showOwn);
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a.reply, a.cancel") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const comment = /** @type {HTMLElement | null} */ (link.closest(".comment"));
    if (comment) form.answer(comment);
    else form.answerNobody();
  });
}
