// @ts-check
/* The sample site's A+ and A−. The choice is kept by this page, which is the publisher's; the widget is only told. */

(() => {
  const SIZES = [0.875, 1, 1.125, 1.25, 1.5];
  const KEY = "text-size";
  const loaders = /** @type {NodeListOf<HTMLScriptElement>} */ (document.querySelectorAll("script[data-article]"));
  let size = SIZES.indexOf(1);

  function show() {
    document.documentElement.dataset.textSize = String(size);
    for (const loader of loaders) loader.dataset.textScale = String(SIZES[size]);
    for (const button of document.querySelectorAll(".text-size button")) {
      const next = size + Number(/** @type {HTMLElement} */ (button).dataset.step);
      button.setAttribute("aria-disabled", String(!(next in SIZES)));
    }
  }

  /** @param {(storage: Storage) => void} use */
  function withStorage(use) {
    try {
      use(window.localStorage);
    } catch {
      // Readers may forbid storage; the buttons work all the same.
    }
  }

  withStorage((storage) => {
    const kept = storage.getItem(KEY);
    if (kept !== null && Number(kept) in SIZES) size = Number(kept);
  });
  for (const panel of document.querySelectorAll(".text-size")) {
    /** @type {HTMLElement} */ (panel).hidden = false;
    panel.addEventListener("click", (event) => {
      const step = event.target instanceof HTMLElement ? Number(event.target.dataset.step) || 0 : 0;
      if (!(size + step in SIZES)) return;
      size += step;
      withStorage((storage) => storage.setItem(KEY, String(size)));
      show();
    });
  }
  show();
})();
