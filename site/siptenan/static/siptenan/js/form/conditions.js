/**
 * Mirrors forms/conditions.py in the browser: shows and hides questions while somebody answers. A condition on a question
 * of another step has been decided by the server, and what cannot be read here is shown.
 */

const NUMBERS = new Set(["number", "rupiah", "year", "quantity"]);
const DATES = new Set(["date", "datetime"]);
const UNREADABLE_HERE = new Set(["address", "phone"]); // the server compares them as it writes them
const NOTHING = { texts: [], empty: true };

/** A number as people here write it, as forms.form_fields.NumberField reads it; null when it is none. */
function number(text) {
  const bare = text.replace(/\s/g, "").replace(/^rp\.?|,-$/gi, "");
  if (/^[-+]?([1-9]\d{0,2}(\.\d{3})+|\d+)(,\d+)?$/.test(bare)) return Number(bare.replaceAll(".", "").replace(",", "."));
  return /^[-+]?\d+\.\d+$/.test(bare) ? Number(bare) : null;
}

/** The day of a date as people here write it, as a number that grows with time; null when it is none. */
function day(text) {
  const [, ...local] = /^(\d{1,2})[/\-. ](\d{1,2})[/\-. ](\d{4})\b/.exec(text.trim()) ?? [];
  const [, ...iso] = /^(\d{4})-(\d{2})-(\d{2})\b/.exec(text.trim()) ?? [];
  const parts = (iso.length ? iso : local.reverse()).map(Number);
  return parts.length ? parts[0] * 10_000 + parts[1] * 100 + parts[2] : null;
}

function labelOf(control) {
  return control.labels?.[0]?.textContent ?? "";
}

/** What stands in a question now: the texts a condition compares, its rank where it has one, whether it is empty. */
function answerOf(row) {
  const { type } = row.dataset;
  const controls = [...row.querySelectorAll("input, select, textarea")].filter((control) => control.type !== "file");
  const chosen = controls.flatMap((control) => {
    if (control.type === "checkbox" || control.type === "radio") return control.checked ? [control] : [];
    return control.tagName === "SELECT" ? [...control.selectedOptions].filter((option) => option.value) : [control];
  });
  if (type === "checkbox") return { texts: [chosen.length ? "Ya" : "Tidak"], empty: !chosen.length };
  if (type === "consent") return chosen.length ? { texts: ["Ya"], empty: false } : NOTHING;
  if (type === "scale") {
    const [grade] = chosen;
    return grade ? { texts: [labelOf(grade), grade.value], rank: Number(grade.value), empty: false } : NOTHING;
  }
  if (type === "kelurahan") {
    const [place] = chosen;
    const district = place?.parentElement.label?.replace("Kecamatan ", "") ?? "";
    return place ? { texts: [place.label, district, place.value], empty: false } : NOTHING;
  }
  const values = chosen.map((control) => control.value.trim()).filter(Boolean);
  if (NUMBERS.has(type) || DATES.has(type)) {
    const rank = (DATES.has(type) ? day : number)(values[0] ?? "");
    return rank === null ? NOTHING : { texts: values, rank, ranked: true, empty: false }; // a mistake counts as no answer
  }
  return { texts: values, empty: !values.length };
}

function equals(answer, values, type) {
  if (answer.ranked) return values.some((value) => (DATES.has(type) ? day : number)(value) === answer.rank);
  const plain = (text) => text.trim().toLocaleLowerCase("id");
  return answer.texts.some((text) => values.some((value) => plain(value) === plain(text)));
}

function holds({ op, values }, answer, type) {
  if (op === "empty" || op === "filled") return answer.empty === (op === "empty");
  if (UNREADABLE_HERE.has(type)) return true;
  if (!answer.texts.length) return op === "not";
  if (op === "greater" || op === "less") {
    const limit = (DATES.has(type) ? day : number)(values[0] ?? "");
    if (answer.rank === undefined || limit === null) return false;
    return op === "greater" ? answer.rank > limit : answer.rank < limit;
  }
  return equals(answer, values, type) === (op !== "not");
}

/** Keeps what a form shows in step with its answers, from now on. */
export function mirrorConditions(form) {
  const rows = [...form.querySelectorAll("[data-question]")];
  const byKey = new Map(rows.map((row) => [row.dataset.question, row]));
  const mirrored = rows.filter((row) => row.dataset.showIf && byKey.has(JSON.parse(row.dataset.showIf).key));
  if (!mirrored.length) return;
  // "Hanya bila …" is for those who see the question all the time.
  for (const row of mirrored) row.querySelector(":scope > .field-condition")?.remove();
  const update = () => {
    const asked = new Set();
    for (const row of rows) {
      let shows = true;
      if (mirrored.includes(row)) {
        const condition = JSON.parse(row.dataset.showIf);
        const looked = byKey.get(condition.key);
        const answer = asked.has(condition.key) ? answerOf(looked) : NOTHING;
        shows = holds(condition, answer, looked.dataset.type);
        row.hidden = !shows;
      }
      const section = row.parentElement.closest("[data-question]");
      if (shows && (!section || asked.has(section.dataset.question))) asked.add(row.dataset.question);
    }
  };
  form.addEventListener("input", update);
  form.addEventListener("change", update);
  form.addEventListener("siptenan:restored", update);
  update();
}
