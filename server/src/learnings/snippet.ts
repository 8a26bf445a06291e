import type { SnippetPiece } from '../contract/learnings.ts'

/** Marks around what was found: of the private use area, which no keyboard writes. */
export const FOUND_FROM = '\uE000'
export const FOUND_TO = '\uE001'

/** A marked text as pieces, so that a page highlights without reading markup. */
export function snippetPieces(marked: string): SnippetPiece[] {
  return marked.split(FOUND_FROM).flatMap((part, index) => {
    if (index === 0) return [{ text: part, found: false }]
    const end = part.indexOf(FOUND_TO)
    return [{ text: part.slice(0, end === -1 ? undefined : end), found: true }, { text: end === -1 ? '' : part.slice(end + 1), found: false }]
  }).filter(({ text }) => text !== '')
}
