/**
 * Dates in the CMS. Wagtail's calendar rewrites what it cannot read when the field is left: to today, or to another day.
 * A wrong date of a law would be saved without a word; so it stays as it was typed, and the server says what is wrong.
 */

jQuery.fn.datetimepicker.defaults.validateOnBlur = false;

// What that also did: close the calendar, which would cover what comes next.
document.addEventListener("focusout", ({ target }) => {
  if (jQuery(target).data("xdsoft_datetimepicker")) jQuery(target).datetimepicker("hide");
});
