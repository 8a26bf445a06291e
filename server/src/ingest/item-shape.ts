/** How deeply an item may be nested, itself included. */
export const MAX_ITEM_DEPTH = 64

/** Why an item cannot be stored as it is; null where nothing stands in the way. Walks without recursion: no depth exhausts the stack. */
export function shapeProblem(item: unknown): string | null {
  const open: { value: unknown; depth: number }[] = [{ value: item, depth: 1 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next
    if (typeof value === 'string') {
      const problem = textProblem(value)
      if (problem !== null) return problem
    }
    if (typeof value !== 'object' || value === null) continue
    if (depth > MAX_ITEM_DEPTH) return `The item is nested more than ${MAX_ITEM_DEPTH} levels deep.`
    for (const [key, inner] of Object.entries(value)) {
      const problem = textProblem(key)
      if (problem !== null) return problem
      open.push({ value: inner, depth: depth + 1 })
    }
  }
  return null
}

/** Whether both stores can hold a text. */
export function isStorable(text: string): boolean {
  return textProblem(text) === null
}

function textProblem(text: string): string | null {
  if (text.includes('\0')) return 'A text of the item holds a NUL character (\\u0000).'
  // The plain test is many times faster, and almost every text passes it.
  if (/[\uD800-\uDFFF]/.test(text) && /\p{Surrogate}/u.test(text)) return 'A text of the item holds half of a surrogate pair: it was cut within a character.'
  return null
}

/** Without those that cannot be stored: an exposure counts, whatever stands beside it. */
export function storableAttributes<T>(attributes: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(attributes).filter(([key, value]) => shapeProblem([key, value]) === null))
}
