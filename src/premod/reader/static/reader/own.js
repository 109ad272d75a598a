// @ts-check
/* The reader's own comment, shown at once and kept up to date until it is decided. */

import { copyOnClick } from "./copying.js";
import { showMarked } from "./marking.js";
import { follow } from "./polling.js";
import { inWords } from "./times.js";

/**
 * @param {import("./form.js").Submitted} submitted
 * @param {import("./form.js").Draft} draft
 */
export function showOwn(submitted, draft) {
  const card = fromTemplate("#own-comment");
  const { receipts = "", receiptPage = "" } = card.dataset;
  part(card, ".name").textContent = draft.name;
  part(card, ".text").textContent = draft.text;
  const now = new Date();
  /** @type {HTMLTimeElement} */ (part(card, "time")).dateTime = now.toISOString();
  part(card, "time").textContent = inWords(now);
  const link = /** @type {HTMLAnchorElement} */ (part(card, ".receipt-link"));
  link.href = receiptPage.replace("RECEIPT", submitted.receipt);
  copyOnClick(/** @type {HTMLButtonElement} */ (part(card, ".copy")), () => link.href);
  showStatus(card, submitted.status);
  place(card, draft.parent);
  card.focus();
  follow(receipts.replace("RECEIPT", submitted.receipt), submitted.status, (receipt) => update(card, receipt, draft));
}

/**
 * @param {HTMLElement} card
 * @param {import("./polling.js").Receipt} receipt
 * @param {import("./form.js").Draft} draft
 */
function update(card, receipt, draft) {
  showStatus(card, receipt.status);
  const breached = receipt.guidelines.map(({ title, text }) => {
    const item = fromTemplate("#breached-guideline");
    part(item, ".title").textContent = title;
    part(item, ".explained").textContent = text;
    return item;
  });
  part(card, ".breached").replaceChildren(...breached);
  showMarked(part(card, ".text"), draft.text, receipt.evidence);
  if (receipt.status === "approved") linkPublished(card, receipt.id, draft.parent);
}

/**
 * @param {HTMLElement} card
 * @param {string} status
 */
function showStatus(card, status) {
  const template = /** @type {HTMLTemplateElement} */ (document.querySelector("#statuses"));
  const told = template.content.querySelector(`[data-status="${CSS.escape(status)}"]`);
  const [title, text] = Array.from(told?.children ?? [], (line) => line.textContent ?? "");
  part(card, ".state").dataset.status = status;
  part(card, ".state-title").textContent = title ?? "";
  part(card, ".state-text").textContent = text ?? "";
  part(document, "#announcer").textContent = `${title}. ${text}`;
}

/**
 * @param {HTMLElement} card
 * @param {number} number
 * @param {number | null} parent
 */
function linkPublished(card, number, parent) {
  const root = parent === null ? number : rootOf(parent)?.dataset.number;
  const link = /** @type {HTMLAnchorElement} */ (fromTemplate("#published-link"));
  link.href = (card.dataset.published ?? "").replace("ROOT", String(root)).replace("NUMBER", String(number));
  part(card, ".state").append(link);
}

/**
 * Put an answer at the end of its conversation, and a first comment above the list.
 * @param {HTMLElement} card
 * @param {number | null} parent
 */
function place(card, parent) {
  const replies = parent === null ? null : rootOf(parent)?.parentElement?.querySelector(".replies");
  document.querySelector("#conversations > .empty")?.remove();
  const item = document.createElement("li");
  item.append(card);
  (replies ?? part(document, "#conversations"))[replies ? "append" : "prepend"](item);
}

/**
 * @param {number} number
 * @returns {HTMLElement | null} the comment that opened the conversation of comment `number`
 */
function rootOf(number) {
  return document.querySelector(`#comment-${number}`)?.closest(".conversation")?.querySelector(".comment") ?? null;
}

/** @param {string} selector */
function fromTemplate(selector) {
  const template = /** @type {HTMLTemplateElement} */ (document.querySelector(selector));
  return /** @type {HTMLElement} */ (document.importNode(template.content, true).firstElementChild);
}

/**
 * @param {ParentNode} within
 * @param {string} selector
 */
function part(within, selector) {
  return /** @type {HTMLElement} */ (within.querySelector(selector));
}
