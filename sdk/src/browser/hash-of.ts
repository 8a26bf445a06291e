/** 32 bits of a text (FNV-1a over its code points): tells apart texts that nobody made to collide. */
export function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ Number(character.codePointAt(0)), 0x01000193)
  return hash.toString(36)
}
