/** A first-in, first-out list of texts, cheap at both ends however long it is. */
export function createWaitingItems() {
  let items: string[] = []
  let first = 0

  return {
    length: (): number => items.length - first,
    push(item: string): void {
      items.push(item)
    },
    /** Takes at most `most` items of together at most `longest` characters, and always one if there is one. */
    take(most: number, longest: number): string[] {
      let end = first
      for (let length = 0; end < items.length && end - first < most; end++) {
        length += items[end]?.length ?? 0
        if (length > longest && end > first) break
      }
      const taken = items.slice(first, end)
      first = end
      // Cutting a long list at every take would cost the square of its length.
      if (first === items.length || first > 10_000) {
        items = items.slice(first)
        first = 0
      }
      return taken
    },
  }
}
