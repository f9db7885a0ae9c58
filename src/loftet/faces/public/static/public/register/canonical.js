// Canonical JSON (RFC 8785 with fewer values allowed): one value has exactly one sequence of characters.
// The same rules as loftet/ledger/canonical.py.

const MOST_DEPTH = 64

/** What fails first, by the name of its reason in loftet/ledger/report.py. */
export class Fault extends Error {
  constructor (reason, where = {}) {
    super(reason)
    this.reason = reason
    this.where = where
  }
}

/** The value that is written exactly so, and in no other way. */
export function parseExact (text) {
  let value
  try {
    value = JSON.parse(text)
  } catch {
    throw new Fault('NOT_JSON')
  }
  if (canonical(value) !== text) throw new Fault('NOT_CANONICAL')
  return value
}

/** The canonical text of a value. */
export function canonical (value, depth = 0) {
  if (depth > MOST_DEPTH) throw new Fault('NOT_CANONICAL')
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new Fault('NOT_CANONICAL')
    return String(value)
  }
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(item => canonical(item, depth + 1)).join(',')}]`
  // JavaScript sorts texts by their UTF-16 units, which is the order that RFC 8785 asks for.
  const names = Object.keys(value).sort()
  return `{${names.map(name => `${quoted(name)}:${canonical(value[name], depth + 1)}`).join(',')}}`
}

function quoted (text) {
  if (/[\uD800-\uDFFF]/.test(text) && /(?:[\uD800-\uDBFF](?![\uDC00-\uDFFF]))|(?:(?<![\uD800-\uDBFF])[\uDC00-\uDFFF])/.test(text)) {
    throw new Fault('NOT_CANONICAL') // half of a surrogate pair is not text
  }
  return JSON.stringify(text)
}

/** Whether a value is an object with exactly these names. */
export function hasExactly (value, names) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false
  const own = Object.keys(value)
  return own.length === names.length && names.every(name => Object.hasOwn(value, name))
}
