// @ts-check
/*
 * Puts an article's comments where this script stands:
 *   <script src="https://comments.example.org/embed.js" data-article="ARTICLE" async></script>
 * Optional: data-lang, data-theme ("light" or "dark"), data-text-scale (1 is the usual size; may be changed later).
 * It sets no cookies and stores nothing.
 */
(() => {
  const SMALLEST_PX = 320;

  /** @param {HTMLScriptElement} script */
  function mount(script) {
    const article = script.dataset.article;
    if (!article || script.dataset.premod) return;
    script.dataset.premod = "mounted";
    const origin = new URL(script.src).origin;
    const address = new URL(`embed/${encodeURIComponent(article)}`, script.src);
    const { lang, theme } = script.dataset;
    if (lang) address.searchParams.set("lang", lang);
    if (theme) address.searchParams.set("theme", theme);

    const frame = document.createElement("iframe");
    frame.src = address.href;
    frame.title = "Comments";
    frame.loading = "lazy";
    frame.allow = "clipboard-write";
    frame.style.cssText = `display:block;inline-size:100%;block-size:${SMALLEST_PX}px;border:0;color-scheme:normal`;
    script.after(frame);

    const greet = () =>
      frame.contentWindow?.postMessage({ premod: "hello", textScale: Number(script.dataset.textScale) || 1 }, origin);
    let loads = 0;
    frame.addEventListener("load", () => {
      greet();
      // A reader who went to another page of comments would be left below its beginning.
      if (loads++ && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
    });
    new MutationObserver(greet).observe(script, { attributeFilter: ["data-text-scale"] });

    window.addEventListener("message", (event) => {
      if (event.source !== frame.contentWindow || event.origin !== origin) return;
      if (event.data?.premod !== "size" || !(event.data.height > 0)) return;
      frame.style.blockSize = `${Math.ceil(event.data.height)}px`;
      if (typeof event.data.title === "string") frame.title = event.data.title;
    });
  }

  const own = document.currentScript;
  if (own instanceof HTMLScriptElement) mount(own);
  // A script that a bundler or a tag manager runs is not told which one it is.
  else document.querySelectorAll("script[data-article][src*='embed.js']").forEach((tag) => mount(/** @type {HTMLScriptElement} */ (tag)));
})();
