/** MurmurHash3 x86 32-bit of the UTF-8 form of a text (Austin Appleby, public domain). Lone surrogates count as U+FFFD. */
export function murmur3(text: string, seed = 0): number {
  return hashOn(seed | 0, 0, 0, 0, text)
}

/**
 * `murmur3(prefix + text)` for many texts: the prefix is hashed once. The prefix must not end within a surrogate pair.
 */
export function murmur3After(prefix: string, seed = 0): (text: string) => number {
  const state: number[] = []
  hashOn(seed | 0, 0, 0, 0, prefix, state)
  const [hash = 0, block = 0, shift = 0, length = 0] = state
  return (text) => hashOn(hash, block, shift, length, text)
}

/**
 * Continues a hash of `length` bytes of which those of the unfinished `block` (up to `shift` bits) are not mixed in yet.
 * `state` takes where it stands after the text.
 */
function hashOn(hash: number, block: number, shift: number, length: number, text: string, state?: number[]): number {
  const end = text.length
  for (let index = 0; index < end; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) {
      block |= unit << shift
      length++
      if (shift === 24) {
        hash = mixed(hash, block)
        block = 0
        shift = 0
      } else {
        shift += 8
      }
      continue
    }
    const point = pointAt(text, index)
    if (point > 0xffff) index++
    const count = point < 0x800 ? 2 : point > 0xffff ? 4 : 3
    length += count
    let bytes = packed(point)
    for (let each = 0; each < count; each++) {
      block |= (bytes & 0xff) << shift
      bytes >>>= 8
      if (shift === 24) {
        hash = mixed(hash, block)
        block = 0
        shift = 0
      } else {
        shift += 8
      }
    }
  }
  state?.push(hash, block, shift, length)
  if (shift > 0) hash ^= scrambled(block)
  hash ^= length
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

function mixed(hash: number, block: number): number {
  const next = hash ^ scrambled(block)
  return (Math.imul((next << 13) | (next >>> 19), 5) + 0xe6546b64) | 0
}

function scrambled(block: number): number {
  const next = Math.imul(block, 0xcc9e2d51)
  return Math.imul((next << 15) | (next >>> 17), 0x1b873593)
}

function pointAt(text: string, index: number): number {
  const unit = text.charCodeAt(index)
  if (unit < 0xd800 || unit > 0xdfff) return unit
  const next = unit < 0xdc00 ? text.charCodeAt(index + 1) : 0
  return next >= 0xdc00 && next <= 0xdfff ? ((unit - 0xd800) << 10) + (next - 0xdc00) + 0x10000 : 0xfffd
}

/** The bytes of a character beyond ASCII, the first one lowest. */
function packed(point: number): number {
  const last = 0x80 | (point & 0x3f)
  if (point < 0x800) return 0xc0 | (point >>> 6) | (last << 8)
  const third = 0x80 | ((point >>> 6) & 0x3f)
  if (point < 0x10000) return 0xe0 | (point >>> 12) | (third << 8) | (last << 16)
  return 0xf0 | (point >>> 18) | ((0x80 | ((point >>> 12) & 0x3f)) << 8) | (third << 16) | (last << 24)
}
