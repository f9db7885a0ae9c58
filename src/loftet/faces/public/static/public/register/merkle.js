// The Merkle tree of RFC 9162, section 2.1, grown leaf by leaf. The same rules as loftet/ledger/merkle.py.

export async function sha256 (...pieces) {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole))
}

const LEAF = new Uint8Array([0])
const NODE = new Uint8Array([1])

export const leafHash = leaf => sha256(LEAF, leaf)
export const nodeHash = (left, right) => sha256(NODE, left, right)
export const same = (one, other) => one.length === other.length && one.every((byte, place) => byte === other[place])
export const hex = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
export const fromHex = text => new Uint8Array(text.match(/../g)?.map(pair => parseInt(pair, 16)) ?? [])

/** The right edge of a growing tree: the roots of its full subtrees, largest first. */
export class Frontier {
  size = 0
  peaks = []

  async append (leaf) {
    let node = leaf
    // A full subtree for each 1 in the size: those that become full are joined, as a carry in an addition.
    for (let rest = this.size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
      node = await nodeHash(this.peaks.pop(), node)
    }
    this.peaks.push(node)
    this.size += 1
  }

  async root () {
    if (!this.peaks.length) return sha256()
    let node = this.peaks.at(-1)
    for (const peak of this.peaks.slice(0, -1).reverse()) node = await nodeHash(peak, node)
    return node
  }
}
