/**
 * A draft of the answers, on this phone only, until they are sent. Never in it: the NIK, files, the token of the form
 * (`data-kept` names what may be kept). On a phone that several people use, nothing is kept at all.
 */

const DRAFT = "siptenan:draf:"; // followed by the number of the form
const SHARED = "siptenan:hp-bersama";
const GOOD_FOR_MS = 7 * 24 * 3600 * 1_000; // as long as a form may stay open
const COUNT = "ulang-"; // followed by the key of a group: how often it is filled in
const TYPING_MS = 400; // after the last key

/** The store of this browser, or null where it refuses one. */
const store = (() => {
  try {
    window.localStorage.setItem("siptenan:uji", "1");
    window.localStorage.removeItem("siptenan:uji");
    return window.localStorage;
  } catch {
    return null;
  }
})();

/** The name that a control has in the first copy of its group. */
const inFirstCopy = (name) => name.replace(/__\d+(?=-|$)/, "");
const isCopy = (name) => inFirstCopy(name) !== name;

const keyOf = (form) => DRAFT + form.dataset.form;
const isShared = () => store?.getItem(SHARED) === "1";

/** Whether the answers of a form are safe on this phone. */
export const isKept = (form) => Boolean(store?.getItem(keyOf(form)));

export function forgetDraft(form) {
  store?.removeItem(keyOf(form));
}

function readDraft(form) {
  try {
    const draft = JSON.parse(store?.getItem(keyOf(form)) ?? "null");
    if (draft && Date.now() - draft.at < GOOD_FOR_MS) return draft;
  } catch {
    // Not ours, or half written when the phone died.
  }
  forgetDraft(form);
  return null;
}

function writeDraft(form) {
  if (!store || isShared() || !form.isConnected) return false;
  const keep = new Set(form.dataset.kept.split(" "));
  const answers = {};
  for (const [name, value] of new FormData(form)) {
    if (keep.has(inFirstCopy(name)) && typeof value === "string") (answers[name] ??= []).push(value);
  }
  if (!Object.keys(answers).some((name) => !name.startsWith(COUNT) && answers[name].some(Boolean))) return false;
  const { here, hereName } = form.dataset;
  try {
    store.setItem(keyOf(form), JSON.stringify({ at: Date.now(), answers, here, hereName }));
  } catch {
    return false; // the phone is full
  }
  return true;
}

/** Puts a draft into a form that nobody has touched; answers of other steps go along unseen. */
function restoreDraft(form, { answers }) {
  const seen = new Set();
  for (const control of form.elements) {
    if (!form.dataset.kept.split(" ").includes(control.name)) continue;
    seen.add(control.name);
    const values = answers[control.name] ?? [];
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else if (control.multiple) for (const option of control.options) option.selected = values.includes(option.value);
    else if (control.type !== "file" && values.length) control.value = values.shift();
  }
  for (const [name, values] of Object.entries(answers)) {
    if (seen.has(name) || !(form.elements.langkah || isCopy(name))) continue;
    for (const value of values) {
      const carried = document.createElement("input");
      Object.assign(carried, { type: "hidden", name, value });
      form.append(carried);
    }
  }
  form.dispatchEvent(new Event("siptenan:restored"));
}

/** Whether this page shows fewer copies of a group than are filled in: only the server can make them. */
function lacksCopies(form) {
  return [...form.elements].some(({ name, value }) => {
    const shown = form.querySelectorAll(`[data-copy="${CSS.escape(name.slice(COUNT.length))}"]`).length;
    return name.startsWith(COUNT) && shown > 0 && shown < Number(value);
  });
}

/** Shows that a draft came back, and the button that leads to where its writer was. */
export function bringBack(form, draft) {
  const note = form.querySelector("[data-restored]");
  note.hidden = false;
  const onward = note.querySelector("button[data-action]");
  if (draft.here === form.dataset.here) return;
  onward.hidden = false;
  onward.dataset.action = draft.here;
  onward.textContent = `Lanjut ke ${draft.hereName}`;
}

const now = () => new Date().toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit" });

/** Keeps the draft of a form from now on, and brings an earlier one back, which it returns. */
export function startDraft(form) {
  const panel = form.querySelector("[data-draft]");
  if (!store || !panel) return null;
  panel.hidden = false;
  const state = panel.querySelector("[data-draft-state]");
  const shared = panel.querySelector("[data-shared]");
  const forgetButton = panel.querySelector("[data-forget]");

  const say = (isWritten) => {
    if (isShared()) state.textContent = "Tidak ada yang disimpan di HP ini.";
    else state.textContent = isWritten ? `Tersimpan di HP ini, ${now()}.` : "Isian disimpan di HP ini sampai terkirim.";
    forgetButton.hidden = !isWritten;
    form.autocomplete = isShared() ? "off" : "on";
  };
  const save = () => say(writeDraft(form));

  shared.checked = isShared();
  const draft = "fresh" in form.dataset && !isShared() ? readDraft(form) : null;
  if (draft) {
    restoreDraft(form, draft);
    draft.lacksCopies = lacksCopies(form);
    bringBack(form, draft);
  }
  save();

  let timer = 0;
  form.addEventListener("input", (event) => {
    if (event.target === shared) return;
    clearTimeout(timer);
    timer = setTimeout(save, TYPING_MS);
  });
  // The last chance before the phone takes the page away.
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && writeDraft(form));
  shared.addEventListener("change", () => {
    if (shared.checked) {
      store.setItem(SHARED, "1");
      for (const key of Object.keys(store)) if (key.startsWith(DRAFT)) store.removeItem(key);
    } else {
      store.removeItem(SHARED);
    }
    save();
  });
  for (const button of form.querySelectorAll("[data-forget]")) {
    button.addEventListener("click", () => {
      if (!window.confirm("Hapus semua isian di formulir ini?")) return;
      clearTimeout(timer);
      forgetDraft(form);
      form.dataset.kept = ""; // nothing is written again on the way out
      location.replace(location.pathname + location.search);
    });
  }
  return draft;
}
