// @ts-check
/* The form: counts, refuses beside the field, sends, and never loses what was typed. */

/**
 * @typedef {{id: number, status: string, receipt: string}} Submitted
 * @typedef {{text: string, name: string, email: string, parent: number | null}} Draft
 * @typedef {{code: string, field: string | null, limit: number | null}} Refusal
 */

const FIELDS = /** @type {const} */ (["name", "email", "text"]);

export class Form {
  /**
   * @param {HTMLFormElement} element
   * @param {(submitted: Submitted, draft: Draft) => void} submitted called for each comment that was taken in
   */
  constructor(element, submitted) {
    this.element = element;
    this.submitted = submitted;
    this.home = /** @type {HTMLElement} */ (element.parentElement);
    this.button = /** @type {HTMLButtonElement} */ (element.querySelector("button[type=submit]"));
    this.answered = /** @type {HTMLElement} */ (element.querySelector("#answered"));
    /** @type {{draft: string, key: string} | null} */
    this.attempt = null;
    element.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send();
    });
    element.addEventListener("input", () => this.count());
    this.count();
  }

  /** @param {string} name */
  field(name) {
    return /** @type {HTMLInputElement | HTMLTextAreaElement} */ (this.element.elements.namedItem(name));
  }

  get limit() {
    return Number(this.element.dataset.limit);
  }

  count() {
    const hint = /** @type {HTMLElement} */ (this.element.querySelector("#text-count"));
    // The limit counts code points; length would count an emoji twice.
    const count = [...this.field("text").value].length;
    hint.textContent = fill(hint.dataset.counted ?? "", { count, limit: this.limit });
    hint.classList.toggle("over", count > this.limit);
  }

  /** @param {HTMLElement} comment the one to answer; the form moves below it */
  answer(comment) {
    this.field("parent").value = comment.dataset.number ?? "";
    this.nameAnswered(comment.querySelector(".name")?.textContent ?? "");
    comment.after(this.element);
    this.focusFirst();
  }

  /** Put the form back where it stands when it answers nobody. */
  goHome() {
    this.field("parent").value = "";
    this.nameAnswered("");
    this.home.prepend(this.element);
  }

  answerNobody() {
    const number = this.field("parent").value;
    this.goHome();
    const reply = /** @type {HTMLElement | null} */ (document.querySelector(`#comment-${number} a.reply`));
    if (reply) reply.focus();
    else this.focusFirst();
  }

  /** @param {string} name */
  nameAnswered(name) {
    const shown = /** @type {HTMLElement} */ (this.answered.querySelector("bdi"));
    shown.textContent = name;
    this.answered.hidden = name === "";
  }

  focusFirst() {
    const empty = FIELDS.filter((name) => this.field(name).required).map((name) => this.field(name));
    (empty.find((field) => field.value === "") ?? this.field("text")).focus();
  }

  /** @returns {Draft} */
  draft() {
    const parent = this.field("parent").value;
    return {
      text: this.field("text").value,
      name: this.field("name").value,
      email: this.field("email").value,
      parent: parent ? Number(parent) : null,
    };
  }

  async send() {
    if (this.button.getAttribute("aria-disabled") === "true") return;
    const draft = this.draft();
    if (this.refuse(this.obvious(draft))) return;
    this.busy(true);
    try {
      await this.post(draft);
    } catch {
      this.refuse([{ code: "unreachable", field: null, limit: null }]);
    } finally {
      this.busy(false);
    }
  }

  /** @param {Draft} draft */
  async post(draft) {
    const answer = await fetch(this.element.dataset.endpoint ?? "", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": this.keyFor(draft) },
      body: JSON.stringify(draft),
      credentials: "omit",
    });
    const body = await answer.json();
    if (answer.ok) {
      this.attempt = null;
      this.field("text").value = "";
      this.count();
      this.refuse([]);
      this.goHome();
      this.submitted(body, draft);
      return;
    }
    this.refuse([body.error], Number(answer.headers.get("Retry-After")), body.receipt);
  }

  /**
   * The same draft keeps its key: a try whose answer got lost may have been stored.
   * @param {Draft} draft
   */
  keyFor(draft) {
    const same = JSON.stringify(draft);
    if (this.attempt?.draft !== same) this.attempt = { draft: same, key: randomKey() };
    return this.attempt.key;
  }

  /**
   * What needs no asking; the server has the last word.
   * @param {Draft} draft
   * @returns {Refusal[]}
   */
  obvious(draft) {
    /** @type {Refusal[]} */
    const found = [];
    if (draft.name === "") found.push({ code: "name_required", field: "name", limit: null });
    if (draft.email === "" && this.element.dataset.emailRequired === "true") {
      found.push({ code: "email_required", field: "email", limit: null });
    }
    if (draft.text === "") found.push({ code: "text_required", field: "text", limit: null });
    if ([...draft.text].length > this.limit) found.push({ code: "text_length", field: "text", limit: this.limit });
    return found;
  }

  /**
   * Show refusals beside their fields, and take away those shown before. Return whether there are any.
   * @param {Refusal[]} refusals
   * @param {number} [seconds]
   * @param {string} [receipt] of the comment that was submitted before
   */
  refuse(refusals, seconds = 0, receipt) {
    for (const name of [...FIELDS, "form"]) this.showRefusal(name, "");
    for (const { code, field, limit } of refusals) {
      const place = FIELDS.find((name) => name === field) ?? "form";
      this.showRefusal(place, fill(sentence(code), { limit: limit ?? "", seconds }));
    }
    if (receipt) this.linkReceipt(receipt);
    const first = FIELDS.find((name) => this.field(name).getAttribute("aria-invalid") === "true");
    if (first) this.field(first).focus();
    return refusals.length > 0;
  }

  /**
   * @param {string} name
   * @param {string} message
   */
  showRefusal(name, message) {
    const place = /** @type {HTMLElement} */ (this.element.querySelector(`#${name}-refusal`));
    place.textContent = message;
    if (name !== "form") this.field(name).toggleAttribute("aria-invalid", message !== "");
    if (name !== "form" && message) this.field(name).setAttribute("aria-invalid", "true");
  }

  /** @param {string} receipt */
  linkReceipt(receipt) {
    const template = /** @type {HTMLTemplateElement} */ (document.querySelector("#see-receipt"));
    const link = /** @type {HTMLAnchorElement} */ (template.content.cloneNode(true).firstChild);
    const own = /** @type {HTMLTemplateElement} */ (document.querySelector("#own-comment"));
    const card = /** @type {HTMLElement} */ (own.content.firstElementChild);
    link.href = (card.dataset.receiptPage ?? "").replace("RECEIPT", receipt);
    this.element.querySelector("#text-refusal")?.append(" ", link);
  }

  /** @param {boolean} sending */
  busy(sending) {
    // Not disabled: that would take the focus away from the button.
    this.button.setAttribute("aria-disabled", String(sending));
    this.button.dataset.label ??= this.button.textContent ?? "";
    this.button.textContent = (sending ? this.button.dataset.busy : this.button.dataset.label) ?? "";
  }
}

/** @param {string} code */
function sentence(code) {
  const template = /** @type {HTMLTemplateElement} */ (document.querySelector("#refusals"));
  const found = template.content.querySelector(`[data-code="${CSS.escape(code)}"]`);
  return (found ?? template.content.querySelector("[data-code=unreachable]"))?.textContent ?? "";
}

/**
 * @param {string} pattern
 * @param {Record<string, string | number>} values
 */
function fill(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

function randomKey() {
  // randomUUID exists over HTTPS only; getRandomValues everywhere.
  return crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join("-");
}
