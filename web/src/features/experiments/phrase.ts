/** Words that carry a capital only because they begin a sentence. Others may be names. */
const beginners = /^(The|A|An|It|They|Their|Most|More|Many|Fewer|Less|Some|No|People|If|When|Half|Our|We|Users|Customers|Visitors)\b/

/** Typed text as a part of a sentence: without the full stop at its end and the capital at its beginning. */
export function phrase(text: string): string {
  return text.trim().replace(/[.\s]+$/, '').replace(beginners, (word) => word.toLowerCase())
}
