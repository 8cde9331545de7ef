/**
 * The catalogue list without page loads: htmx fetches and swaps, this file keeps the person's place. Without either the
 * list is a plain form with a button. htmx comes first: forgetAddress() undoes what it does as it starts.
 */

import "../../django_htmx/htmx-2.min.js";
import "./site.js";

const FOLDABLE = "#katalog details[id]";
const open = new Set();
let asked = null;
let focused = "";

const list = () => document.getElementById("katalog");

/** An address without empty words, without the usual order, and without the page of a list that is no more. */
document.addEventListener("htmx:configRequest", (event) => {
  const { parameters } = event.detail;
  for (const name of ["q", "urut", "page"]) {
    if (!parameters.get(name)) parameters.delete(name);
  }
});

document.addEventListener("htmx:beforeRequest", (event) => {
  asked = event.detail.elt;
  list()?.setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:beforeSwap", () => {
  open.clear();
  focused = document.activeElement?.id ?? "";
  for (const details of document.querySelectorAll(FOLDABLE)) if (details.open) open.add(details.id);
});

document.addEventListener("htmx:afterSwap", () => {
  for (const details of document.querySelectorAll(FOLDABLE)) if (open.has(details.id)) details.open = true;
  const heading = document.querySelector("[data-announce]");
  const status = document.querySelector("[data-catalogue-status]");
  if (status && heading) status.textContent = heading.textContent;
  // What was ticked or chosen keeps the focus; another page or a new search begins at its heading.
  const kept = focused ? document.getElementById(focused) : null;
  if (kept?.matches(".facet-tick, select")) {
    kept.focus({ preventScroll: true });
  } else if (heading && asked?.matches("a, form")) {
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "start" });
  }
});

/** When the network fails, the browser itself goes there, and says what it says. */
for (const fault of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(fault, (event) => {
    location.assign(event.detail.pathInfo.finalRequestPath);
  });
}

/** Looking leaves no trace: htmx would note the address for a cache of pages that is switched off here. */
function forgetAddress() {
  try {
    sessionStorage.removeItem("htmx-current-path-for-history");
  } catch {
    // This browser keeps nothing anyway.
  }
}

for (const noted of ["htmx:pushedIntoHistory", "htmx:replacedInHistory", "htmx:historyRestore"]) {
  document.addEventListener(noted, forgetAddress);
}
forgetAddress();
