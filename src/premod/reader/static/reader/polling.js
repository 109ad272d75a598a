// @ts-check
/* Asks what became of a comment until it is decided. */

/**
 * @typedef {{id: number, article: string, status: string, text: string,
 *   guidelines: {code: string, title: string, text: string}[],
 *   evidence: {guideline: string, start: number, end: number}[]}} Receipt
 */

const FIRST_MS = 500;
const LONGEST_MS = 5_000;
// A moderator takes minutes, not seconds.
const REFERRED_MS = 15_000;
const GIVE_UP_MS = 30 * 60_000;

/**
 * Call `changed` each time the status is another one than before. Rests while the page is hidden.
 * @param {string} address
 * @param {string} status the one known already
 * @param {(receipt: Receipt) => void} changed
 */
export function follow(address, status, changed) {
  let pause = FIRST_MS;
  let since = Date.now();
  let timer = 0;

  const schedule = () => {
    window.clearTimeout(timer);
    if (document.hidden || !isOpen(status) || Date.now() - since > GIVE_UP_MS) return;
    timer = window.setTimeout(ask, status === "referred" ? Math.max(pause, REFERRED_MS) : pause);
    pause = Math.min(pause * 1.5, LONGEST_MS);
  };

  const ask = async () => {
    const receipt = await read(address);
    if (receipt && receipt.status !== status) {
      status = receipt.status;
      pause = FIRST_MS;
      changed(receipt);
    }
    schedule();
  };

  document.addEventListener("visibilitychange", () => {
    since = Date.now();
    pause = FIRST_MS;
    if (document.hidden) window.clearTimeout(timer);
    else if (isOpen(status)) void ask();
  });
  schedule();
}

/** @param {string} status */
function isOpen(status) {
  return status === "held" || status === "referred";
}

/**
 * @param {string} address
 * @returns {Promise<Receipt | null>}
 */
async function read(address) {
  try {
    const answer = await fetch(address, { cache: "no-store", credentials: "omit" });
    return answer.ok ? await answer.json() : null;
  } catch {
    // The network may be back at the next try.
    return null;
  }
}
