// Verifying an export: every line, every entry, every commitment, every checkpoint. The first fault ends it.
// The same checks in the same order as loftet/ledger/verification.py, which an auditor may hold this against.

import { Fault, hasExactly, parseExact } from './canonical.js'
import { isBy, Key, Succession, verifyCheckpoint } from './checkpoints.js'
import { entryLeafHash, opens, withheldBy } from './entries.js'
import { Frontier, hex, same } from './merkle.js'

const IN_FILE = { form: 'CHECKPOINT_FORM', unknown: 'CHECKPOINT_UNKNOWN_KEY', signature: 'CHECKPOINT_SIGNATURE' }
const OLDER = { form: 'OLDER_FORM', unknown: 'OLDER_UNKNOWN_KEY', signature: 'OLDER_SIGNATURE' }
const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value)

/** How far the reading of an export has come. Lines are given to it in order, as bytes without their line feeds. */
export class Reading {
  lines = 0
  size = 0
  statedSize = null
  opened = 0
  withheld = []
  decided = new Set()
  leaves = []
  notes = []
  covered = new Frontier()
  problem = null

  constructor (key) {
    this.key = key
    this.succession = null
  }

  /** Check the next line; tell whether all holds so far. */
  async take (bytes, { isEnded }) {
    if (this.problem) return false
    this.lines += 1
    const where = { line: this.lines, entry: this.entryAt(this.lines) }
    return this.attempt(where, async () => {
      if (!isEnded) throw new Fault('LINE_END')
      await this.takeValue(parseExact(decoded(bytes)), where)
    })
  }

  /** Check that the file is whole. */
  async finish () {
    if (this.problem) return false
    return this.attempt({}, async () => {
      if (this.statedSize === null) throw new Fault('EMPTY')
      if (!this.notes.length) throw new Fault('NO_CHECKPOINT')
      if (this.covered.size !== this.size) throw new Fault('UNCOVERED', { found: this.covered.size, size: this.size })
      if (this.statedSize !== this.size) {
        throw new Fault('HEADER_SIZE', { line: 1, found: this.statedSize, size: this.size })
      }
    })
  }

  /** Check that the register still begins as an older checkpoint says. */
  async compareWith (older) {
    if (this.problem) return false
    return this.attempt({}, async () => {
      const checkpoint = await verifyCheckpoint(older, this.keys().keys, OLDER)
      if (checkpoint.origin !== this.key.name) throw new Fault('OLDER_ORIGIN')
      if (checkpoint.size > this.size) throw new Fault('OLDER_LARGER', { found: checkpoint.size, size: this.size })
      const beginning = new Frontier()
      for (const leaf of this.leaves.slice(0, checkpoint.size)) await beginning.append(leaf)
      if (!same(checkpoint.root, await beginning.root())) throw new Fault('OLDER_ROOT')
      this.olderSize = checkpoint.size
    })
  }

  /** Of the withheld parts, those that no decision in the register accounts for. */
  undecided () {
    return this.withheld.filter(part => !this.decided.has(part))
  }

  /** Signature lines by keys that are not the register's: nothing here vouches for them. */
  uncheckedSignatures () {
    const known = this.keys().keys
    return this.notes.flatMap(note => note.signatures).filter(line => !known.some(key => isBy(line, key))).length
  }

  keys () {
    return this.succession ?? new Succession(this.key)
  }

  async attempt (where, check) {
    try {
      await check()
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault
      this.problem = { reason: fault.reason, ...where, ...fault.where }
    }
    return this.problem === null
  }

  entryAt (line) {
    return this.statedSize !== null && line - 2 < this.statedSize ? line - 2 : null
  }

  async takeValue (value, { line }) {
    if (line === 1) this.takeHeader(value)
    else if (hasExactly(value, ['envelope', 'leaf', 'parts'])) await this.takeEntry(value, line)
    else if (hasExactly(value, ['checkpoint'])) await this.takeCheckpoint(value.checkpoint, line)
    else throw new Fault('LINE_KIND')
  }

  takeHeader (header) {
    const isOurs = hasExactly(header, ['format', 'v', 'origin', 'size']) && header.format === 'loftet-register'
    if (!isOurs || header.v !== 1 || !Number.isSafeInteger(header.size) || header.size < 0) throw new Fault('HEADER')
    if (header.origin !== this.key.name) throw new Fault('HEADER_ORIGIN')
    this.statedSize = header.size
  }

  async takeEntry (entry, line) {
    const where = { line, entry: this.size }
    if (this.notes.length) throw new Fault('AFTER_CHECKPOINT', where)
    const leaf = await told(where, () => entryLeafHash(entry.envelope))
    const { n, kind, parts } = entry.envelope
    if (n !== this.size) throw new Fault('SEQUENCE', { ...where, found: n })
    if (entry.leaf !== hex(leaf)) throw new Fault('LEAF_HASH', where)
    if (!isObject(entry.parts) || !hasExactly(entry.parts, Object.keys(parts))) throw new Fault('PARTS', where)
    for (const [name, part] of Object.entries(entry.parts)) await this.takePart(parts[name], part, { ...where, part: name })
    if (kind === 'content.withheld') {
      for (const part of withheldBy(entry.parts.decision?.text ?? '')) this.decided.add(part)
    } else if (kind === 'register.key_changed') {
      await this.takeKeyChange(entry.parts, where)
    }
    this.leaves.push(leaf)
    this.size += 1
  }

  async takePart (commitment, part, where) {
    if (hasExactly(part, ['withheld']) && part.withheld === true) {
      this.withheld.push(`${where.entry} ${where.part}`)
    } else if (hasExactly(part, ['salt', 'text']) && typeof part.salt === 'string' && typeof part.text === 'string') {
      if (!await opens(commitment, part.salt, part.text)) throw new Fault('COMMITMENT', where)
      this.opened += 1
    } else {
      throw new Fault('PART_FORM', where)
    }
  }

  async takeKeyChange (parts, where) {
    let change
    try {
      const [old, next] = [await Key.parse(parts.old_key.text), await Key.parse(parts.new_key.text)]
      change = { entry: where.entry, old, new: next }
    } catch {
      throw new Fault('KEY_CHANGE_FORM', where)
    }
    this.succession = await told(where, () => (this.succession ?? new Succession(change.old)).followedBy(change))
  }

  async takeCheckpoint (text, line) {
    const where = { line, entry: null }
    const checkpoint = await told(where, () => this.signed(text, where))
    if (checkpoint.origin !== this.key.name) throw new Fault('CHECKPOINT_ORIGIN', where)
    if (this.notes.length && checkpoint.size <= this.covered.size) throw new Fault('CHECKPOINT_ORDER', where)
    if (checkpoint.size > this.size) {
      throw new Fault('CHECKPOINT_SIZE', { ...where, found: checkpoint.size, size: this.size })
    }
    const before = this.covered.size
    while (this.covered.size < checkpoint.size) await this.covered.append(this.leaves[this.covered.size])
    if (!same(checkpoint.root, await this.covered.root())) {
      throw new Fault(before ? 'CHECKPOINT_ROOT_AFTER' : 'CHECKPOINT_ROOT', { ...where, found: before })
    }
    this.notes.push(checkpoint)
  }

  /** The checkpoint in a text, once the keys that the register had then have signed it. */
  async signed (text, where) {
    const succession = this.keys()
    if (typeof text !== 'string') throw new Fault('CHECKPOINT_FORM')
    if (!succession.keys.some(key => key.equals(this.key))) throw new Fault('CHECKPOINT_UNKNOWN_KEY')
    const checkpoint = await verifyCheckpoint(text, succession.keys, IN_FILE)
    const signers = succession.signers(this.covered.size, checkpoint.size)
    const hasSigned = key => checkpoint.signatures.some(line => isBy(line, key))
    if (signers.every(hasSigned)) return checkpoint
    if (signers.length === 1) throw new Fault('CHECKPOINT_OTHER_KEY')
    const change = succession.changes.find(one => one.new.equals(signers.at(-1)))
    throw new Fault('KEY_CHANGE_UNSIGNED', { ...where, entry: change.entry })
  }
}

/** What a check throws, with where it was made. */
async function told (where, check) {
  try {
    return await check()
  } catch (fault) {
    throw fault instanceof Fault ? new Fault(fault.reason, { ...where, ...fault.where }) : fault
  }
}

function decoded (bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Fault('NOT_JSON')
  }
}

/** Read a stream of bytes to its end or its first fault. `tell` is called now and then with how many lines are read. */
export async function verify (stream, key, { older = '', tell = async () => {} } = {}) {
  const reading = new Reading(key)
  const reader = stream.getReader()
  let left = new Uint8Array(0)
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    const whole = new Uint8Array(left.length + value.length)
    whole.set(left)
    whole.set(value, left.length)
    let from = 0
    for (let end = whole.indexOf(10, from); end >= 0; end = whole.indexOf(10, from)) {
      if (!await reading.take(whole.subarray(from, end), { isEnded: true })) {
        await reader.cancel()
        return reading
      }
      if (reading.lines % 200 === 0) await tell(reading)
      from = end + 1
    }
    left = whole.slice(from)
  }
  if (left.length) await reading.take(left, { isEnded: false })
  await reading.finish()
  if (older.trim()) await reading.compareWith(older)
  return reading
}
