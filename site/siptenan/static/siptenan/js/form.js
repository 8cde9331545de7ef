/**
 * A form page on a phone with a bad network: conditions, draft, photos, sending. Everything here is a convenience; the
 * form works without it, and the server decides everything again.
 *
 * With it a form is sent by fetch, and the page that answers takes the place of this one without a new document, so that
 * photos go on being sent in the background, a lost network costs nothing, and Back never shows what was sent.
 *
 * Visitors load this file with its parts in one piece (siptenan/common/static.py), so no two parts may share a name.
 */

import "./site.js";
import { mirrorConditions } from "./form/conditions.js";
import { bringBack, forgetDraft, isKept, startDraft } from "./form/draft.js";
import { addFilesTo, dropCopy, filesSettled, IN_APP, startFiles } from "./form/files.js";
import { Delayed, persist, post, request } from "./form/network.js";
import { quiet, say, sayDone } from "./form/progress.js";

const SEND = "kirim";
const REMOVE = "buang:"; // followed by the key of a group and the number of the copy
const KEY_GOOD_FOR_MS = 90_000; // the key in the address of a receipt opens it for two minutes
const FILLING = performance.timeOrigin; // marks the history of this document: what another one left leads nowhere

let busy = false;

/** Where a form is sent; its property of that name may be a question. */
const addressOf = (form) => new URL(form.getAttribute("action"), location.href).href;

/** What goes to the server: the form, the button and the files that are on their way. */
function dataOf(form, action) {
  const data = new FormData(form);
  data.set("aksi", action);
  addFilesTo(data);
  return data;
}

/** Asks the server for another page of the form and shows it here. */
async function walk(form, action) {
  const response = await persist(
    async () => {
      const answer = await post(addressOf(form), dataOf(form, action), "text/html");
      if (answer.status >= 500) throw Delayed.by(answer);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!page.querySelector("main#isi")) throw Delayed.by(answer); // a stranger's
      return { url: answer.url, redirected: answer.redirected, page };
    },
    (wait) => say(form, wait),
  );
  if (response.redirected) {
    leave(form, response.url); // it had been sent before
    return;
  }
  if (action.startsWith(REMOVE)) dropCopy(form, ...action.slice(REMOVE.length).split(":"));
  show(response);
}

/** What the history keeps of a step. */
const stateOf = (form) => ({ action: form?.dataset.here, filling: FILLING });

/** Puts the page that came in the place of the one that is open. */
function show({ url, page }) {
  document.title = page.title;
  document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
  const form = document.querySelector("form[data-form]");
  const here = stateOf(form);
  // Back leads to the step before; the same step with its mistakes, or a step that Back itself asked for, is no new one.
  const isNew = form && here.action !== history.state?.action;
  history[isNew ? "pushState" : "replaceState"](here, "", new URL(url).pathname);
  document.dispatchEvent(new Event("siptenan:shown"));
  if (form) start(form);
  offerChrome();
  const target = document.querySelector("main [autofocus]") ?? document.querySelector("main h1");
  if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
  if (target.matches("h1")) scrollTo(0, 0);
  target.focus();
}

/** Leads out of an in-app browser to Chrome, by the kind of address that Android understands. */
function offerChrome() {
  const link = document.querySelector("[data-chrome]");
  if (!link || !IN_APP || !/Android/.test(navigator.userAgent)) return;
  const { protocol, host, pathname } = new URL(link.href);
  link.href = `intent://${host}${pathname}#Intent;scheme=${protocol.slice(0, -1)};package=com.android.chrome;end`;
  link.hidden = false;
}

/** Sends the form: the text first; files that are still on their way follow the ticket. */
async function send(form) {
  const sent = await persist(
    async () => {
      const answer = await post(addressOf(form), dataOf(form, SEND), "application/json");
      const isStranger = answer.ok && answer.status !== 201; // the sign-in of a public network
      if (isStranger || answer.status >= 500) throw Delayed.by(answer);
      if (answer.status === 429) throw Delayed.by(answer, (await answer.json()).notice);
      return answer.status === 201 ? { ...(await answer.json()), at: Date.now() } : null;
    },
    (wait) => say(form, wait),
  );
  if (sent === null) {
    await walk(form, SEND); // something is to be mended, or the form has closed: the page says what
    return;
  }
  forgetDraft(form);
  const again = dataOf(form, SEND);
  const address = addressOf(form);
  sayDone(form, sent);
  const refused = await filesSettled((progress) => sayDone(form, sent, progress));
  if (refused.length) return; // what did not follow is to be read; the way to the receipt stands there
  let { url } = sent;
  if (Date.now() - sent.at > KEY_GOOD_FOR_MS) {
    const renewed = await persist(() => post(address, again, "application/json"), () => {});
    if (renewed.status === 201) ({ url } = await renewed.json());
  }
  leave(form, url);
}

/** Goes to the receipt, which takes the place of the form: Back must not show somebody's answers to the next person. */
function leave(form, url) {
  forgetDraft(form);
  location.replace(url);
}

/** Does what a pressed button asks for, once, and leaves the form ready to be used again. */
async function run(form, work) {
  if (busy) return;
  busy = true;
  form.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    busy = false;
    quiet(form);
    form.removeAttribute("aria-busy");
  }
}

function start(form) {
  form.dataset.live = ""; // site.js leaves its buttons alone
  mirrorConditions(form);
  const draft = startDraft(form);
  startFiles(form);
  const press = (action) => run(form, () => (action === SEND ? send(form) : walk(form, action)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const question = event.submitter?.dataset.confirm;
    if (!question || window.confirm(question)) press(event.submitter?.value || SEND);
  });
  // Not submit buttons: the first one of those is what Enter presses.
  for (const button of form.querySelectorAll("button[data-action]")) {
    button.addEventListener("click", () => press(button.dataset.action));
  }
  if (draft?.lacksCopies) {
    run(form, async () => {
      await walk(form, form.dataset.here);
      bringBack(document.querySelector("form[data-form]"), draft);
    });
  }
}

window.addEventListener("popstate", ({ state }) => {
  const form = document.querySelector("form[data-form]");
  if (!form || !state?.action || (state.filling !== FILLING && !isKept(form))) return;
  run(form, () => walk(form, state.action));
});

/** Gives a form the token of one that nobody has sent; without a network it keeps its own. */
async function renew(form) {
  try {
    const answer = await request(location.href, { cache: "reload" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("form[data-form] [name=kunci_formulir]");
    if (token) form.elements.kunci_formulir.value = token.value;
  } catch (error) {
    if (!(error instanceof Delayed || error instanceof TypeError)) throw error;
  }
}

/**
 * Starts the form that this document came with. Back brings the page that the browser kept, whose form may have been
 * sent since: unless its draft is still here, whoever fills it in now writes a new one.
 */
async function openForm(form) {
  history.replaceState(stateOf(form), "");
  const [arrival] = performance.getEntriesByType("navigation");
  if (arrival?.type === "back_forward" && !isKept(form)) await renew(form);
  start(form);
}

const opened = document.querySelector("form[data-form]");
if (opened) openForm(opened);
