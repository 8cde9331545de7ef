/** Says how far the sending is: nothing is called sent that has not arrived. */

import { isKept } from "./draft.js";

const BUSY = "Sedang dikirim …";
const LOST = "Belum terkirim: jaringan terputus.";
const BROKEN = "Belum terkirim: layanan kami sedang terganggu.";
const KEPT = "Isian Anda tersimpan di HP ini dan dikirim lagi sendiri. Halaman ini jangan ditutup dulu.";
const UNKEPT = "Isian Anda masih ada di halaman ini dan dikirim lagi sendiri. Jangan tutup halaman ini.";

function element(name, text, classes = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = classes;
  return made;
}

/** Shows in the form what its sending is waiting for: {state, server, words, now}. */
export function say(form, { state, server, words, now }) {
  const place = form.querySelector("[data-sending]");
  if (!place) return;
  place.hidden = false;
  place.classList.toggle("notice-warn", state === "waiting");
  if (state === "sending") {
    place.replaceChildren(element("p", BUSY));
    return;
  }
  const button = element("button", "Coba sekarang", "button button-quiet button-small");
  button.type = "button";
  button.addEventListener("click", now);
  place.replaceChildren(
    element("p", words || (server ? BROKEN : LOST), "notice-title"),
    element("p", isKept(form) ? KEPT : UNKEPT),
    button,
  );
}

/** Takes the words about the sending away. */
export function quiet(form) {
  const place = form.querySelector("[data-sending]");
  if (place) place.hidden = true;
}

/** Replaces the form, and with it everything that was typed, by the number; `files` is {left, percent, waiting, refused}. */
export function sayDone(form, { reference, url }, files = null) {
  let place = form.querySelector("[data-done]");
  if (!place) {
    place = element("div", "", "notice notice-ok");
    place.dataset.done = "";
    place.setAttribute("role", "status");
    place.tabIndex = -1;
    form.replaceChildren(place);
    place.focus();
  }
  const lines = [element("p", `Sudah masuk, nomor ${reference}`, "notice-title")];
  if (files?.left) {
    const how = files.waiting ? "menunggu jaringan" : `${files.percent} %`;
    lines.push(element("p", `Berkas sedang dikirim: ${files.left} lagi, ${how}. Jangan tutup halaman ini.`));
  }
  for (const { name, error } of files?.refused ?? []) {
    lines.push(element("p", `${name}: ${error} Anda dapat menambahkannya di halaman status tiket.`));
  }
  const link = element("a", "Lihat nomor, PIN, dan bukti", "button");
  link.href = url;
  lines.push(link);
  place.replaceChildren(...lines);
}
