// Asks the browser for a security key and sends what the key answers. The forms are hidden until this runs, and say by
// a sentence of their own when it cannot. webauthn-json.js, of the sign-in library, turns the messages into JSON.
(() => {
  'use strict'
  const REASONS = {
    NotAllowedError: 'Det blev inget svar från nyckeln. Försök igen, och rör vid nyckeln när den blinkar.',
    InvalidStateError: 'Den nyckeln är redan tillagd.',
    SecurityError: 'Säkerhetsnycklar fungerar bara på installationens egen adress med https.'
  }
  const OTHERWISE = 'Webbläsaren kunde inte använda nyckeln. Försök igen, eller använd koden från en app.'

  function prepare (form) {
    const status = form.querySelector('[role=status]')
    form.hidden = false
    form.addEventListener('submit', async event => {
      event.preventDefault()
      status.textContent = 'Väntar på nyckeln …'
      try {
        const ask = window.webauthnJSON[form.dataset.securityKey]
        const answer = await ask(JSON.parse(form.dataset.options))
        form.elements.credential.value = JSON.stringify(answer)
        form.submit()
      } catch (fault) {
        status.textContent = REASONS[fault.name] || OTHERWISE
      }
    })
  }

  if (window.PublicKeyCredential && window.webauthnJSON) {
    document.querySelectorAll('form[data-security-key]').forEach(prepare)
    document.querySelectorAll('[data-without-security-key]').forEach(element => { element.hidden = true })
  }
})()
