// The form that checks a register in the browser: where it comes from, how far it is, and one sentence at the end.

import { Key } from './checkpoints.js'
import { verify } from './verification.js'

const MOST_NAMED = 3
const MISSING = 'Den här webbläsaren kan inte kontrollera underskrifter (Ed25519). Prova en nyare, eller kör kommandot nedan.'
const INSECURE = 'Webbläsaren kontrollerar bara på en säker adress (https). Kör kommandot nedan i stället.'

/** Why this browser cannot check, or nothing. */
export async function lacks () {
  if (!globalThis.crypto?.subtle) return INSECURE
  try {
    await crypto.subtle.importKey('raw', new Uint8Array(32), 'Ed25519', false, ['verify'])
    return ''
  } catch {
    return MISSING
  }
}

/** What a reading found, in one sentence. The faults' sentences are those of `loftet verify`. */
export function sentence (reading, reasons) {
  if (reading.problem) return faultSentence(reading.problem, reasons)
  const wholes = ['Löftesboken är tom, och det stämmer', 'Den enda posten stämmer']
  const whole = wholes[reading.size] ?? `Alla ${reading.size} poster stämmer`
  const clauses = [`${whole} med kontrollpunkten som ${reading.key.name} har skrivit under`]
  if (reading.olderSize !== undefined) {
    clauses[0] += ` och med den äldre kontrollpunkten för ${counted(reading.olderSize, 'post', 'poster')}`
  }
  const { changes, keys } = reading.keys()
  if (changes.length) {
    const entries = listed(changes.map(change => change.entry))
    clauses.push(`nyckeln är bytt i post ${entries}, med både den gamlas och den nyas underskrift`)
  }
  if (!reading.key.equals(keys.at(-1))) {
    clauses.push(`du har angett en äldre nyckel, och den som gäller nu är ${keys.at(-1).text}`)
  }
  clauses.push(...withheldClauses(reading))
  const unchecked = reading.uncheckedSignatures()
  const [one, many] = ['underskrift av en annan nyckel är inte kontrollerad', 'underskrifter av andra nycklar är inte kontrollerade']
  if (unchecked) clauses.push(counted(unchecked, one, many))
  return `${clauses.join('; ')}.`
}

function withheldClauses (reading) {
  const { withheld } = reading
  if (!withheld.length) return []
  const named = withheld.slice(0, MOST_NAMED).map(part => `post ${part.replace(' ', ' ”')}”`).join(', ')
  const more = withheld.length > MOST_NAMED ? ' med flera' : ''
  const stands = withheld.length === 1 ? 'fingeravtrycket står kvar' : 'fingeravtrycken står kvar'
  const clauses = [`${counted(withheld.length, 'text', 'texter')} lämnas inte ut (${named}${more}), men ${stands}`]
  const undecided = reading.undecided().length
  if (undecided) {
    const which = withheld.length === 1 ? 'den' : `${undecided} av dem`
    clauses.push(`${which} saknas utan att något beslut står i boken`)
  }
  return clauses
}

function faultSentence (problem, reasons) {
  if (problem.reason === 'KEY') return 'Det är ingen öppen nyckel. Den ska vara en rad: namn+id+nyckel.'
  const stands = problem.line === 1 ? 'filens början' : 'kontrollpunkten'
  const what = problem.entry !== null && problem.entry !== undefined ? `post ${problem.entry}` : stands
  const words = { ...problem, place: `${problem.line} (${what})` }
  return reasons[problem.reason].replace(/\{(\w+)\}/g, (_whole, name) => String(words[name]))
}

const listed = items => [items.slice(0, -1).join(', '), items.at(-1)].filter(item => item !== '').join(' och ')
const counted = (number, one, many) => `${number} ${number === 1 ? one : many}`

/** Where the bytes come from: a chosen file, or this installation's own register. */
async function streamOf (form) {
  const [file] = form.elements.file.files
  if (file) return file.stream()
  const answer = await fetch(form.dataset.export, { cache: 'no-store' })
  if (!answer.ok) throw new Error(`${answer.status}`)
  return answer.body
}

async function check (form, reasons, status) {
  let key
  try {
    key = await Key.parse(form.elements.key.value)
  } catch (fault) {
    return { holds: false, text: faultSentence(fault, reasons) }
  }
  let stream
  try {
    stream = await streamOf(form)
  } catch {
    return { holds: false, text: 'Boken gick inte att hämta. Försök igen om en stund, eller välj en fil som du har.' }
  }
  const tell = async reading => {
    status.textContent = `Kontrollerar införing ${reading.size} av ${reading.statedSize} …`
    await new Promise(resolve => setTimeout(resolve)) // let the page be drawn
  }
  const reading = await verify(stream, key, { older: form.elements.older.value, tell })
  return { holds: reading.problem === null, text: sentence(reading, reasons) }
}

async function prepare (form) {
  const [reasons, status] = [JSON.parse(form.dataset.reasons), form.querySelector('[role=status]')]
  const why = await lacks()
  form.hidden = false
  if (why) {
    form.querySelector('button').disabled = true
    status.textContent = why
    return
  }
  form.addEventListener('submit', async event => {
    event.preventDefault()
    form.querySelector('button').disabled = true
    status.dataset.outcome = ''
    status.textContent = 'Hämtar boken …'
    try {
      const { holds, text } = await check(form, reasons, status)
      status.dataset.outcome = holds ? 'holds' : 'fails'
      status.textContent = text
    } catch {
      status.textContent = 'Kontrollen avbröts av ett fel i webbläsaren. Kör kommandot nedan i stället.'
    }
    form.querySelector('button').disabled = false
  })
}

document.querySelectorAll('form[data-check]').forEach(prepare)
