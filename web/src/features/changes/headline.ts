const LONGEST = 110

/** The first sentence of a reason, for a title; a long one is cut between words. */
export function headline(reason: string): string {
  const [first = ''] = reason.trim().split(/\n|(?<=[.!?])\s/)
  const sentence = first.replace(/\.$/, '')
  if (sentence.length <= LONGEST) return sentence
  const cut = sentence.slice(0, LONGEST)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), LONGEST / 2)).trimEnd()}…`
}
