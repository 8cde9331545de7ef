// In the editor of a regulation, "Pakai" puts what page 1 of the PDF proposes into its field. Without this script the
// proposals stay to be read.
(() => {
  for (const button of document.querySelectorAll('[data-proposal]')) {
    const field = document.getElementById(button.dataset.proposalFor);
    if (!field) continue; // not for this editor
    const state = button.parentElement.querySelector('[data-proposal-state]');
    button.hidden = false;
    button.addEventListener('click', () => {
      field.value = button.dataset.proposal;
      for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, {bubbles: true}));
      state.textContent = 'Dipakai, belum disimpan';
      button.hidden = true;
    });
  }
})();
