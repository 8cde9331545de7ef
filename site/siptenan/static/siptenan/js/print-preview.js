/** In the CMS preview: shows a page on the screen as it would be printed, by the very rules that print it. */

function showAsPrinted(rules) {
  for (const rule of rules) {
    if (rule.media) {
      const media = rule.media.mediaText;
      if (media === "print") rule.media.mediaText = "all";
      if (media === "screen") rule.media.mediaText = "not all";
    }
    showAsPrinted(rule.styleSheet?.cssRules ?? rule.cssRules ?? []);
  }
}

for (const sheet of document.styleSheets) showAsPrinted(sheet.cssRules);
document.documentElement.classList.add("on-paper");
