// What every entry must look like, and the commitments to its parts. The same rules as loftet/ledger/entries.py and
// commitments.py.

import { canonical, Fault, hasExactly } from './canonical.js'
import { fromHex, hex, leafHash, sha256 } from './merkle.js'

const TAG = new TextEncoder().encode('loftet/commitment/v1\n')
const FIELDS = ['v', 'n', 'kind', 'subject', 'time', 'parts']
const NAME = /^[a-z][a-z0-9_.-]{0,63}$/
const SUBJECT = /^[A-Za-z0-9][A-Za-z0-9_.:~-]{0,127}$/
const TIME = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$/
const HEX_32 = /^[0-9a-f]{64}$/
const is = (pattern, value) => typeof value === 'string' && pattern.test(value)

function isRealTime (text) {
  if (!is(TIME, text) || text.startsWith('0000')) return false
  const [year, month, day] = text.slice(0, 10).split('-').map(Number)
  const moment = new Date(0)
  moment.setUTCFullYear(year, month - 1, day)
  return moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day
}

/** The hash under which the entry stands in the tree. */
export async function entryLeafHash (envelope) {
  if (!hasExactly(envelope, FIELDS)) throw new Fault('ENVELOPE')
  const { v, n, kind, subject, time, parts } = envelope
  const isPlain = v === 1 && Number.isSafeInteger(n) && n >= 0 && is(NAME, kind) && is(SUBJECT, subject)
  if (!isPlain || !isRealTime(time) || !hasExactly(parts, Object.keys(parts ?? {}))) throw new Fault('ENVELOPE')
  for (const [name, commitment] of Object.entries(parts)) {
    if (!is(NAME, name) || !is(HEX_32, commitment)) throw new Fault('ENVELOPE')
  }
  return leafHash(new TextEncoder().encode(canonical(envelope)))
}

/** Whether this salt and this text are what the commitment was made from. */
export async function opens (commitment, salt, text) {
  if (!is(HEX_32, salt)) return false
  return hex(await sha256(TAG, fromHex(salt), new TextEncoder().encode(text))) === commitment
}

/** The parts that a decision to withhold names, as `entry part`. A text without the form of a decision names none. */
export function withheldBy (decision) {
  try {
    return JSON.parse(decision).withheld.flatMap(row => [...row.parts].map(name => `${row.entry} ${name}`))
  } catch {
    return []
  }
}
