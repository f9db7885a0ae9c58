// Asks, while somebody writes, whether the text points out a person and whether others have said the same. The answer is
// shown under the text and stops nobody; when none comes, nothing is shown and the form works as without scripts.
(() => {
  'use strict'
  const told = document.querySelector('[data-while-writing]')
  const text = told && told.closest('form').elements.text
  if (!text) return
  const PAUSE = 600
  let timer, asked
  const ask = async () => {
    asked = new AbortController()
    try {
      const body = new URLSearchParams({ text: text.value })
      const answer = await fetch(told.dataset.whileWriting, { method: 'POST', body, signal: asked.signal })
      const html = answer.ok ? await answer.text() : ''
      // The same answer again would be read aloud again.
      if (html !== told.dataset.shown) told.innerHTML = told.dataset.shown = html
    } catch {}
  }
  text.addEventListener('input', () => {
    clearTimeout(timer)
    if (asked) asked.abort()
    timer = setTimeout(ask, PAUSE)
  })
})()
