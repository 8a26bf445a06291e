/** MurmurHash3 x86 32-bit of the UTF-8 form of a text (Austin Appleby, public domain). Lone surrogates count as U+FFFD. */
export function murmur3(_text: string, _seed = 0): number {
  throw new Error('not built yet')
}
