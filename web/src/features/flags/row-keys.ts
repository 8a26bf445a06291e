import type { KeyboardEvent } from 'react'

const steps: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }

/**
 * Up and down a table by J and K or the arrows, and X to select the row. The keys only work while the table has the
 * focus, so that they are in nobody's way (WCAG 2.1.4).
 */
export function moveAlongRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return
  const rows = [...event.currentTarget.querySelectorAll('tbody tr[data-index]')]
  const at = rows.findIndex((row) => row.contains(event.target instanceof Node ? event.target : null))
  if (event.key === 'x' && at >= 0) {
    rows[at]?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click()
    return
  }
  const step = steps[event.key]
  // The arrows still scroll a table that has the focus itself.
  if (step === undefined || (at < 0 && event.key.startsWith('Arrow'))) return
  const next = rows[at < 0 ? 0 : at + step]
  const here = rows[at]
  // Around a row that was scrolled away none is drawn: it comes into sight first.
  if (here && (!next || Math.abs(indexOf(next) - indexOf(here)) > 1)) {
    here.scrollIntoView({ block: 'nearest' })
    return
  }
  const likeThis = event.target.matches('input[type=checkbox]') ? 'input[type=checkbox]' : 'a[href]'
  const target = next?.querySelector<HTMLElement>(likeThis)
  if (!target) return
  event.preventDefault()
  target.focus()
}

function indexOf(row: Element): number {
  return Number(row.getAttribute('data-index'))
}
