/** A list's rows: of a table, else of what else is listed on the page; ways around the page are none. */
const LISTS = ['tbody tr', 'article', 'ul > li, ol > li']

/** What opens each row, in order: its first link. */
export function rowLinks(page: ParentNode): HTMLElement[] {
  for (const rows of LISTS) {
    const links = [...page.querySelectorAll(rows)].flatMap((row) => (row.closest('nav, header') === null ? (row.querySelector<HTMLElement>('a[href]') ?? []) : []))
    if (links.length > 0) return [...new Set(links)]
  }
  return []
}

/** The link of the next row, or of the one before; of the first where none has the focus. */
export function rowBeside(links: readonly HTMLElement[], focused: Element | null, step: 1 | -1): HTMLElement | undefined {
  const row = focused?.closest(LISTS.join(', ')) ?? null
  const at = links.findIndex((link) => link === focused || (row !== null && row.contains(link)))
  return at === -1 ? links[0] : links[Math.min(Math.max(at + step, 0), links.length - 1)]
}

/** The field that searches the page. */
export function searchField(page: ParentNode): HTMLInputElement | undefined {
  return [...page.querySelectorAll('input')].find((input) => input.type === 'search' || /^Search\b/.test(input.getAttribute('aria-label') ?? ''))
}

/** What edits the row that has the focus, or else what the page shows: the first that says so and may be pressed. */
export function editControl(page: ParentNode, focused: Element | null): HTMLElement | undefined {
  const row = focused?.closest(LISTS.join(', ')) ?? null
  return (row === null ? undefined : editIn(row)) ?? editIn(page)
}

function editIn(part: ParentNode): HTMLElement | undefined {
  return [...part.querySelectorAll<HTMLElement>('a[href], button')].find((control) => /^Edit\b/.test(control.getAttribute('aria-label') ?? control.textContent.trim()) && control.getAttribute('aria-disabled') !== 'true' && !control.hasAttribute('disabled'))
}
