/** Typed text as a part of a sentence: without the full stop at its end. */
export function phrase(text: string): string {
  return text.trim().replace(/[.\s]+$/, '')
}
