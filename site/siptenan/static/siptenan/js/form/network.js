/** Requests over a network that comes and goes. */

const PATIENCE_MS = 30_000; // for one answer; text needs one second, a piece of a photo on 2G ten
const PAUSES_MS = [2_000, 4_000, 8_000, 15_000, 30_000]; // between attempts; the last one stays

/** What did not go through and may be tried again. */
export class Delayed extends Error {
  /** What the server asks for when it is busy or broken. */
  static by(response, words = "") {
    const wanted = Number(response.headers.get("Retry-After")) * 1_000;
    return Object.assign(new Delayed(`status ${response.status}`), { wanted, words, server: true });
  }
}

/** Fetches with patience; whatever the browser calls it, a lost network is Delayed. */
export async function request(url, options = {}) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE_MS);
  try {
    return await fetch(url, { credentials: "same-origin", signal: giveUp.signal, ...options });
  } catch (error) {
    throw Object.assign(new Delayed("network"), { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

export function post(url, body, accept) {
  return request(url, { method: "POST", body, headers: { Accept: accept } });
}

/** Waits, or until the network is back, or until somebody presses "try now" (the function given to `onWait`). */
function pause(milliseconds, onWait) {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      window.removeEventListener("online", go);
      resolve();
    };
    const timer = setTimeout(go, milliseconds);
    window.addEventListener("online", go);
    onWait(go);
  });
}

/** Does `attempt` until it goes through. `report` hears {state: "sending"} and {state: "waiting", server, words, now}. */
export async function persist(attempt, report) {
  for (let failures = 0; ; failures += 1) {
    try {
      report({ state: "sending" });
      return await attempt();
    } catch (error) {
      // Losing the network while the answer is read is a TypeError; anything else is a mistake of ours and may be seen.
      if (!(error instanceof Delayed || error instanceof TypeError || error.name === "AbortError")) throw error;
      const { server = false, words = "", wanted = 0 } = error;
      const wait = Math.max(wanted, PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)]);
      await pause(wait, (now) => report({ state: "waiting", server, words, now }));
    }
  }
}
