/**
 * Photos and documents, sent beside the form: shrunk here where that is possible, in pieces that a lost network does not
 * undo, one file at a time. The address and its answers are described in forms/views/uploads.py.
 */

import { Delayed, persist, request } from "./network.js";

const PIECE = 256 * 1024; // bytes
const LONGEST_SIDE = 1600; // pixels; the server keeps no more
const QUALITY = 0.85;
const EMPTY = "berkas ini kosong (0 byte). Pilih lagi, atau pilih foto lain.";
/** In-app browsers that are known to hand over empty files. */
export const IN_APP = /Instagram|FBAN|FBAV/.test(navigator.userAgent);

/** Every file of this visit, `asked` being the key it was chosen under: {id, key, asked, token, url, name, file, sent, total, state, error, thumbnail}. */
let entries = [];
let working = null; // the promise of the loop that sends
let onProgress = () => {};

const isPending = ({ state }) => state === "waiting" || state === "sending";

/** A random id (RFC 9562, version 4); crypto.randomUUID needs https. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

/** The photo as a JPEG of at most 1,600 pixels, upright; anything the browser cannot draw stays as it is. */
async function shrink(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff"; // under what is transparent
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const small = await new Promise((resolve) => {
      canvas.toBlob(resolve, "image/jpeg", QUALITY);
    });
    return small && small.size < file.size ? small : file;
  } catch {
    return file; // no picture, or one that only the server can read: it says which
  }
}

/** Sends what is left of a file; afterwards it is done or refused. */
async function sendFile(entry) {
  entry.state = "sending";
  entry.blob ??= entry.isPhoto ? await shrink(entry.file) : entry.file;
  entry.total = entry.blob.size;
  while (isPending(entry)) {
    const answer = await persist(
      () => sendPiece(entry),
      ({ state }) => {
        entry.isStuck = state === "waiting";
        onProgress();
      },
    );
    if (!isPending(entry)) break; // removed meanwhile
    entry.sent = answer.received;
    if (answer.error) Object.assign(entry, { state: "refused", error: answer.error });
    else if (answer.done) Object.assign(entry, { state: "done", thumbnail: answer.thumbnail });
    onProgress();
  }
}

/** Sends the next piece; after an answer that got lost, asks first how far the file has come. */
async function sendPiece(entry) {
  if (entry.isUncertain) {
    const known = await request(`${entry.url}?berkas=${entry.id}`, { headers: { "X-Formulir": entry.token } });
    const progress = await readAnswer(known);
    if (progress.done || progress.error) return progress;
    entry.sent = progress.received;
  }
  entry.isUncertain = true;
  const body = new FormData();
  body.set("kunci_formulir", entry.token);
  body.set("pertanyaan", entry.asked);
  body.set("berkas", entry.id);
  body.set("mulai", entry.sent);
  body.set("total", entry.total);
  body.set("nama", entry.name);
  body.set("potongan", entry.blob.slice(entry.sent, entry.sent + PIECE));
  const progress = await readAnswer(await request(entry.url, { method: "POST", body }));
  entry.isUncertain = false;
  return progress;
}

async function readAnswer(response) {
  if (response.status === 429 || response.status >= 500) throw Delayed.by(response);
  return response.json();
}

async function sendAll() {
  for (let entry = entries.find(isPending); entry; entry = entries.find(isPending)) await sendFile(entry);
}

function work() {
  working ??= sendAll().finally(() => {
    working = null;
  });
  return working;
}

/** Adds to the data of a form what has come, what will follow, what was refused, and what is to go. */
export function addFilesTo(data) {
  for (const { id, key, state } of entries) {
    if (state === "gone") data.append(`${key}-hapus`, id);
    else if (state === "sending" || state === "waiting") data.append(`${key}-menyusul`, id);
    else if (state === "refused") data.append(`${key}-ditolak`, id);
    else if (state === "done" && !data.getAll(key).includes(id)) data.append(key, id);
  }
}

/** A copy of a group has been taken out: its files go, and those of later copies belong to the one before. */
export function dropCopy(form, group, number) {
  const keys = new Set();
  for (const chooser of form.querySelectorAll(`[data-copy="${CSS.escape(group)}"] input[type=file]`)) {
    keys.add(chooser.name.split("__")[0]);
  }
  for (const entry of entries) {
    const [key, copy = 1] = entry.key.split("__");
    if (!keys.has(key) || Number(copy) < Number(number)) continue;
    if (Number(copy) === Number(number)) entry.state = "gone";
    else entry.key = Number(copy) === 2 ? key : `${key}__${copy - 1}`;
  }
}

const isRefused = ({ state }) => state === "refused";

/**
 * Waits until every file that is on its way has arrived or been refused, and returns the refused ones; tells `report`
 * {left, percent, waiting, refused} meanwhile.
 */
export async function filesSettled(report) {
  const following = entries.filter(isPending);
  if (!following.length) return [];
  onProgress = () => {
    const pending = following.filter(isPending);
    const [first] = pending;
    report({
      left: pending.length,
      percent: first ? percentOf(first) : 100,
      waiting: Boolean(first?.isStuck),
      refused: following.filter(isRefused),
    });
  };
  onProgress();
  await work();
  onProgress();
  return following.filter(isRefused);
}

const percentOf = ({ sent, total }) => (total ? Math.floor((100 * sent) / total) : 0);

function describe(entry) {
  if (entry.state === "refused") return `${entry.name}: ${entry.error}`;
  if (entry.state === "done") return `${entry.name} sudah sampai`;
  if (entry.isStuck) return `${entry.name}: menunggu jaringan, ${percentOf(entry)} % terkirim`;
  return `${entry.name}: ${percentOf(entry)} % terkirim`;
}

/** The line of a file in the list of its question; it is drawn anew as the file goes on. */
function lineOf(entry) {
  const line = document.createElement("li");
  const text = document.createElement("span");
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "button button-quiet button-small";
  remove.append("Hapus", Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: ` ${entry.name}` }));
  entry.drop = () => {
    entry.state = "gone";
    line.remove();
    onProgress();
  };
  remove.addEventListener("click", entry.drop);
  line.append(text, remove);
  entry.draw = () => {
    text.ariaLive = isPending(entry) ? "off" : "polite"; // not every percent is read aloud
    text.textContent = describe(entry);
    line.classList.toggle("kept-files-refused", entry.state === "refused");
    if (!entry.thumbnail || line.querySelector("img")) return;
    line.prepend(Object.assign(new Image(80, 80), { src: entry.thumbnail, alt: "" }));
  };
  entry.draw();
  return line;
}

/** The list beside a chooser; what the server has shown already stays. */
function listOf(chooser) {
  const row = chooser.closest("[data-question]");
  let list = row.querySelector(".kept-files");
  if (!list) {
    list = document.createElement("ul");
    list.className = "kept-files";
    chooser.before(list);
  }
  return list;
}

/** A button in our words: the browser's own says "no file chosen", although the files are in the list above it. */
function addButton(chooser) {
  const button = document.createElement("label");
  button.className = "button button-quiet";
  button.htmlFor = chooser.id;
  button.textContent = `Pilih ${chooser.accept.startsWith("image/") ? "foto" : "dokumen"}`;
  chooser.classList.add("visually-hidden");
  chooser.after(button);
}

function take(form, chooser) {
  if (!chooser.files.length) {
    if (IN_APP) form.querySelector("[data-elsewhere]").hidden = false;
    return;
  }
  const isPhoto = chooser.accept.startsWith("image/");
  const chosen = [...chooser.files].map((file) => ({
    id: newId(),
    key: chooser.name,
    asked: chooser.name,
    token: form.elements.kunci_formulir.value,
    url: new URL(`${new URL(form.getAttribute("action"), location.href).pathname}unggah/`, location.href).href,
    name: file.name,
    file,
    isPhoto,
    sent: 0,
    total: file.size,
    ...(file.size ? { state: "waiting" } : { state: "refused", error: EMPTY }),
  }));
  if (!chooser.multiple) {
    for (const entry of entries) if (entry.key === chooser.name) entry.state = "gone";
    listOf(chooser).replaceChildren();
  }
  // Who chooses anew has read why the last ones were refused.
  for (const entry of entries) if (entry.key === chooser.name && isRefused(entry)) entry.drop();
  chooser.value = ""; // the files go beside the form, not in it
  entries.push(...chosen);
  listOf(chooser).append(...chosen.map(lineOf));
  if (IN_APP && chosen.some(isRefused)) form.querySelector("[data-elsewhere]").hidden = false;
  work();
}

/** Takes over the choosers of a form, and shows the files of this visit that the server does not show. */
export function startFiles(form) {
  onProgress = () => entries.forEach((entry) => entry.draw?.());
  for (const chooser of form.querySelectorAll("[data-question] input[type=file]")) {
    const list = listOf(chooser);
    const shown = new Set([...list.querySelectorAll("input[type=hidden]")].map((input) => input.value));
    const mine = entries.filter(({ key, id, state }) => key === chooser.name && state !== "gone" && !shown.has(id));
    list.append(...mine.map(lineOf));
    addButton(chooser);
    chooser.addEventListener("change", () => take(form, chooser));
    if (IN_APP) chooser.addEventListener("cancel", () => take(form, chooser));
  }
}

window.addEventListener("beforeunload", (event) => {
  if (entries.some(isPending)) event.preventDefault();
});
