// In the editor of a form page, a question shows only what its type uses, and its heading says what it asks, so that
// the list can be read when it is folded. A column that says something stays in sight.
(() => {
  const source = document.getElementById('question-columns');
  const list = document.getElementById('id_form_fields-FORMS');
  if (!source || !list) return;
  const columns = JSON.parse(source.textContent);
  const sometimes = new Set(Object.values(columns).flat());
  const untold = {required: 'on', width: 'full', max_files: '1', max_repeats: '5'}; // what stands there before anybody looks
  const ofCondition = new Set(['show_if_operator', 'show_if_values']);
  const CONTROLS = 'input[name], select[name], textarea[name]';

  const says = (control, name) =>
    control.type !== 'checkbox' && control.value.trim() !== '' && control.value !== untold[name];

  const isNeeded = (control, name, row, used) => {
    if (ofCondition.has(name)) return row.querySelector('[name$="-show_if_key"]').value.trim() !== '';
    return !sometimes.has(name) || used.has(name) || says(control, name);
  };

  const nameHeading = (row, kind) => {
    const text = row.querySelector('[data-panel-heading-text]');
    const label = row.querySelector('[name$="-label"]').value.trim();
    if (!text) return;
    let name = text.querySelector('.question-name');
    if (!name) {
      name = document.createElement('span');
      name.className = 'question-name';
      text.append(name);
      text.dataset.noun = text.firstChild.data.trim(); // "Pertanyaan", before Wagtail's own count
    }
    text.firstChild.data = label ? '' : text.dataset.noun;
    name.textContent = label ? ` ${label}` : '';
    row.classList.toggle('question-section', kind.value === 'section');
    row.classList.toggle('question-group', kind.value === 'group');
  };

  const show = (row) => {
    const kind = row.querySelector('select[name$="-field_type"]');
    if (!kind) return;
    nameHeading(row, kind);
    const used = new Set(columns[kind.value] || []);
    for (const control of row.querySelectorAll(CONTROLS)) {
      const wrapper = control.closest('.w-panel__wrapper'); // the one with the label
      const name = control.name.split('-').pop();
      if (wrapper) wrapper.hidden = !isNeeded(control, name, row, used) && !wrapper.querySelector('.error-message');
    }
    // A row, then a group, without anything in sight goes too.
    for (const box of [...row.querySelectorAll('.w-field-row'), ...row.querySelectorAll('section.w-panel section.w-panel')]) {
      const wrapper = box.closest('.w-panel__wrapper') || box;
      const shown = [...box.querySelectorAll(CONTROLS)].some((control) => !control.closest('.w-panel__wrapper').hidden);
      wrapper.hidden = !shown;
    }
  };
  const all = () => list.querySelectorAll('[data-inline-panel-child]').forEach(show);

  for (const kind of ['change', 'input']) {
    list.addEventListener(kind, (event) => {
      const row = event.target.closest('[data-inline-panel-child]');
      if (row) show(row);
    });
  }
  new MutationObserver(all).observe(list, {childList: true});
  all();
})();
