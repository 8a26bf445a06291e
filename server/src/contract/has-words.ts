/** Whether every word of a search is somewhere in a text, whatever the case; an empty search finds everything. */
export function hasWords(text: string, search: string): boolean {
  const found = text.toLowerCase()
  return search.toLowerCase().split(/\s+/).every((word) => found.includes(word))
}
