// Passkeys: the button of a form with data-passkey asks the browser for one and sends the answer.
// Without support for them the form stays hidden; everything else works without this file.
'use strict';
(() => {
  if (!window.webauthnJSON || !window.webauthnJSON.supported()) return;
  // A passkey belongs to a name; an address of numbers, as the demo has, cannot have one.
  if (/^[\d.]+$|:/.test(location.hostname)) return;

  const options = async (form) => {
    const page = form.dataset.passkey === 'log-in'
      ? await (await fetch(form.action, { headers: { Accept: 'application/json' } })).json()
      : JSON.parse(document.getElementById(form.dataset.options).textContent);
    return page.creation_options || page.request_options;
  };

  const create = (asked) => {
    // A passkey that can log in alone: it knows whose it is and asks for a finger or a PIN.
    Object.assign(asked.publicKey.authenticatorSelection, {
      residentKey: 'required', requireResidentKey: true, userVerification: 'required',
    });
    return window.webauthnJSON.create(asked);
  };

  for (const form of document.querySelectorAll('form[data-passkey]')) {
    const button = form.querySelector('button');
    const trouble = form.querySelector('[role="alert"]');
    form.hidden = false;
    button.addEventListener('click', async (event) => {
      event.preventDefault();
      trouble.hidden = true;
      try {
        const asked = await options(form);
        const answer = form.dataset.passkey === 'create'
          ? await create(asked)
          : await window.webauthnJSON.get(asked);
        form.querySelector('[name="credential"]').value = JSON.stringify(answer);
        form.submit();
      } catch (error) {
        trouble.hidden = false;
      }
    });
  }
})();
