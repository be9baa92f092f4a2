// Keeps the ticks when the net goes away: the numbers of the rows, never a name, in this tab only.
// Before the form is sent the net is asked for. If it is away the page waits and tries again.
// Without this file everything works, with the browser's own memory of the form.
'use strict';
(() => {
  const key = `ticks:${location.pathname}`;
  const saved = document.querySelector('[data-saved]');
  if (saved) sessionStorage.removeItem(key);

  const copy = document.querySelector('[data-copy]');
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener('click', async () => {
      await navigator.clipboard.writeText(document.querySelector('[data-copy-from]').textContent);
      document.querySelector('[data-copied]').hidden = false;
    });
  }

  const form = document.querySelector('form[data-evening]');
  if (!form) return;
  const boxes = [...form.querySelectorAll('input[name="here"]')];
  const told = form.querySelector('[data-told]');
  const tell = (text) => { told.textContent = text; told.hidden = !text; };

  const keep = () => {
    const ticks = boxes.map((box) => [box.value, box.checked]);
    sessionStorage.setItem(key, JSON.stringify(ticks));
  };
  const kept = new Map(JSON.parse(sessionStorage.getItem(key) || '[]'));
  const differs = boxes.filter((box) => kept.has(box.value) && kept.get(box.value) !== box.checked);
  // What the server just sent back, such as "everyone is here", is newer than what was kept.
  if (differs.length && !form.hasAttribute('data-sent')) {
    differs.forEach((box) => { box.checked = kept.get(box.value); });
    tell(form.dataset.kept);
  }
  form.addEventListener('change', keep);
  if (form.hasAttribute('data-sent')) keep();

  let asked = false;
  let again = 0;
  const send = async (button) => {
    clearTimeout(again);
    try {
      await fetch(location.href, { method: 'HEAD', cache: 'no-store', redirect: 'manual' });
    } catch {
      tell(form.dataset.offline);
      again = setTimeout(() => send(button), 5000);
      return;
    }
    asked = true;
    form.requestSubmit(button);
  };
  form.addEventListener('submit', (event) => {
    const what = event.submitter ? event.submitter.value : '';
    keep();
    if (asked || what === 'add') return;
    event.preventDefault();
    if (what === 'all') {
      form.querySelectorAll('[data-guests] input[name="here"]').forEach((box) => { box.checked = true; });
      keep();
      return;
    }
    window.ononline = () => send(event.submitter);
    send(event.submitter);
  });
  // Back in the browser: the form may be sent once more.
  window.addEventListener('pageshow', () => { asked = false; });
})();
