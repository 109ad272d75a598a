// @ts-check
/* The receipt page: follows the comment's state without a reload. */

import "./frame.js";
import { copyOnClick } from "./copying.js";
import { follow } from "./polling.js";
import { localiseTimes } from "./times.js";

localiseTimes(document);

const here = /** @type {HTMLInputElement} */ (document.querySelector("#here"));
here.addEventListener("focus", () => here.select());
copyOnClick(/** @type {HTMLButtonElement} */ (document.querySelector("button.copy")), () => here.value);

const shown = /** @type {HTMLElement} */ (document.querySelector("#receipt"));
follow(shown.dataset.poll ?? "", shown.dataset.status ?? "", async () => {
  const answer = await fetch(window.location.href, { cache: "no-store", credentials: "omit" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("#receipt");
  if (!fresh) return;
  const state = /** @type {HTMLElement} */ (shown.querySelector(".state"));
  // The live region itself stays, so that the new state is read out; all else is taken from the fresh page.
  const freshState = /** @type {HTMLElement} */ (fresh.querySelector(".state"));
  state.dataset.status = freshState.dataset.status;
  state.replaceChildren(...freshState.childNodes);
  while (state.nextSibling) state.nextSibling.remove();
  freshState.remove();
  shown.append(...fresh.childNodes);
  document.title = page.title;
  localiseTimes(shown);
});
