// Signed checkpoints (C2SP tlog-checkpoint and signed-note) and the keys that sign them.
// The same rules as loftet/ledger/checkpoints.py, keys.py and succession.py.

import { Fault } from './canonical.js'
import { hex, same, sha256 } from './merkle.js'

const MOST_SIGNATURES = 100
const MARK = '— '
const KIND = new Uint8Array([1])
const bytesOf = text => new TextEncoder().encode(text)

/** The bytes of a base64 text in its one standard spelling, or null. */
function fromBase64 (text) {
  try {
    const binary = atob(text)
    return btoa(binary) === text ? Uint8Array.from(binary, char => char.charCodeAt(0)) : null
  } catch {
    return null
  }
}

function isKeyName (name) {
  return name !== '' && ![...name].some(char => /\s/u.test(char) || char === '+' || char < ' ')
}

/** A public key and the name that it signs under. */
export class Key {
  static async parse (text) {
    const [name, id, ...encoded] = text.trim().split('+')
    const material = fromBase64(encoded.join('+'))
    if (!isKeyName(name ?? '') || material?.length !== 33 || material[0] !== KIND[0]) throw new Fault('KEY')
    const key = new Key()
    key.name = name
    key.bytes = material.slice(1)
    key.id = (await sha256(bytesOf(`${name}\n`), KIND, key.bytes)).slice(0, 4)
    key.text = text.trim()
    if (hex(key.id) !== id) throw new Fault('KEY')
    return key
  }

  equals (other) {
    return this.text === other.text
  }

  async verifies (signature, message) {
    if (signature.length !== 64) return false
    this.imported ??= await crypto.subtle.importKey('raw', this.bytes, 'Ed25519', false, ['verify'])
    return crypto.subtle.verify('Ed25519', this.imported, signature, message)
  }
}

/** What a checkpoint's text says, trusted by nobody yet; null when it is none. */
function parse (text) {
  if (typeof text !== 'string' || [...text].some(char => char < ' ' && char !== '\n')) return null
  const gap = text.lastIndexOf('\n\n')
  if (gap < 0 || !text.endsWith('\n') || text.length <= gap + 2) return null
  const [body, below] = [text.slice(0, gap + 1), text.slice(gap + 2, -1)]
  const lines = body.slice(0, -1).split('\n')
  if (lines.length < 3 || lines.some(line => line === '')) return null
  const [origin, size, encoded] = lines
  const root = fromBase64(encoded)
  const signatures = below.split('\n').map(signatureIn)
  const isNumber = /^(?:0|[1-9][0-9]{0,15})$/.test(size) && Number.isSafeInteger(Number(size))
  if (!isNumber || root?.length !== 32 || signatures.includes(null) || signatures.length > MOST_SIGNATURES) return null
  return { origin, size: Number(size), root, body, signatures }
}

function signatureIn (line) {
  if (!line.startsWith(MARK)) return null
  const space = line.indexOf(' ', MARK.length)
  const name = space < 0 ? line.slice(MARK.length) : line.slice(MARK.length, space)
  const data = space < 0 ? null : fromBase64(line.slice(space + 1))
  if (!isKeyName(name) || data === null || data.length <= 4) return null
  return { name, id: data.slice(0, 4), signature: data.slice(4) }
}

export const isBy = (line, key) => line.name === key.name && same(line.id, key.id)

/** What a checkpoint says once at least one of the keys has signed it; lines by others are ignored. */
export async function verifyCheckpoint (text, keys, reasons) {
  const checkpoint = parse(text)
  if (checkpoint === null) throw new Fault(reasons.form)
  let verified = 0
  for (const line of checkpoint.signatures) {
    for (const key of keys) {
      if (!isBy(line, key)) continue
      if (!await key.verifies(line.signature, bytesOf(checkpoint.body))) throw new Fault(reasons.signature)
      verified += 1
    }
  }
  if (!verified) throw new Fault(reasons.unknown)
  return checkpoint
}

/** The keys of a register in order: the first, and one more for each change of key. */
export class Succession {
  constructor (first, changes = []) {
    this.keys = [first, ...changes.map(change => change.new)]
    this.changes = changes
  }

  followedBy (change) {
    const isKnown = this.keys.some(key => key.equals(change.new))
    if (!change.old.equals(this.keys.at(-1)) || isKnown || change.new.name !== this.keys[0].name) {
      throw new Fault('KEY_CHANGE_ORDER')
    }
    return new Succession(this.keys[0], [...this.changes, change])
  }

  /** The keys that must all sign a checkpoint of `size` entries that follows one of `before`. */
  signers (before, size) {
    const within = end => this.changes.filter(change => change.entry < end).length
    return this.keys.slice(within(before), within(size) + 1)
  }
}
