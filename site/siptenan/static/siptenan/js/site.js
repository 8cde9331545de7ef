/**
 * Small conveniences for the public pages. Every page works without this file:
 * what needs it is `hidden` in the HTML and shown only here.
 */

/** Milliseconds a second press is ignored. Short, because on a weak network the first one may be lost. */
const REPEAT_PRESS_MS = 8000;

/** Copies `text`; in-app browsers often lack the clipboard API, so the old command stays as second way. */
async function copyText(text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Refused by the browser that embeds this page: try the old way.
    }
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}

/** Says something to those who listen to the page. */
function announce(text) {
  let status = document.querySelector("body > [role=status]");
  if (!status) {
    status = document.createElement("p");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    document.body.append(status);
  }
  status.textContent = text;
}

function enableCopyButtons() {
  const buttons = document.querySelectorAll("button[data-copy]");
  if (buttons.length) announce(""); // what is to be heard must stand in the page before
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (!(await copyText(button.dataset.copy))) return;
      button.classList.add("is-done");
      announce(button.dataset.done);
      setTimeout(() => {
        button.classList.remove("is-done");
        announce("");
      }, 3000);
    });
  }
}

function enablePrintButtons() {
  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

/** Marks a form as being sent and ignores presses until `release` or the time above. */
function guardAgainstDoublePress(form) {
  const button = form.querySelector("button[data-busy]");
  if (!button) return;
  const label = button.textContent;
  let pressedAt = 0;
  const release = () => {
    pressedAt = 0;
    button.textContent = label;
    button.removeAttribute("aria-disabled");
  };
  form.addEventListener("submit", (event) => {
    if ("live" in form.dataset) return; // form.js sends it
    if (Date.now() - pressedAt < REPEAT_PRESS_MS && navigator.onLine) {
      event.preventDefault();
      return;
    }
    pressedAt = Date.now();
    button.textContent = button.dataset.busy;
    button.setAttribute("aria-disabled", "true");
    setTimeout(release, REPEAT_PRESS_MS);
  });
  // Coming back with the Back button, or losing the network, must leave a form that can be sent again.
  window.addEventListener("pageshow", release);
  window.addEventListener("offline", release);
}

/** The menu of narrow screens opens by itself; here it closes with Escape and when the focus goes on into the page. */
function closeMenuByKeyboard(menu) {
  const button = menu.querySelector("summary");
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    button.focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}

/** Shows the button of the phone's own share sheet where there is one. */
function enableShareButtons() {
  if (!navigator.share) return;
  for (const button of document.querySelectorAll("button[data-share]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.share({ title: button.dataset.title, url: button.dataset.share });
      } catch {
        // Closed without sharing.
      }
    });
  }
}

/** Shows photos in this page, larger than a phone, where a link would leave it; Back closes them like the button. */
function enlargePhotos(dialog) {
  for (const link of document.querySelectorAll(".photo-track a")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || !dialog.showModal) return;
      event.preventDefault();
      const photo = new Image();
      photo.alt = link.querySelector("img").alt;
      photo.addEventListener("load", () => {
        dialog.scrollTo((photo.width - dialog.clientWidth) / 2, (photo.height - dialog.clientHeight) / 2);
      });
      photo.src = link.href;
      dialog.append(photo);
      dialog.showModal();
      history.pushState({ photo: true }, "");
    });
  }
  dialog.addEventListener("close", () => {
    dialog.querySelector("img").remove();
    if (history.state?.photo) history.back();
  });
  window.addEventListener("popstate", () => dialog.close());
}

enableCopyButtons();
enablePrintButtons();
enableShareButtons();
document.addEventListener("siptenan:shown", enableCopyButtons); // form.js has put another page in the place of this one
document.querySelectorAll("details.menu").forEach(closeMenuByKeyboard);
document.querySelectorAll("dialog").forEach(enlargePhotos);
document.querySelectorAll('form[method="post"]').forEach(guardAgainstDoublePress);
