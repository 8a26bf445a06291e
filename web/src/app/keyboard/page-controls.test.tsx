import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { isWriting } from './is-writing.ts'
import { editControl, rowBeside, rowLinks, searchField } from './page-controls.ts'

const names = (links: readonly (Element | undefined)[]) => links.map((link) => link?.textContent)

test('rows of a table are walked by what opens them, to the end and no further', () => {
  const { container } = render(
    <main>
      <nav><ol><li><a href="/p">Shop</a></li></ol></nav>
      <table><tbody><tr><td><input type="checkbox" /></td><td><a href="/a">A</a> <a href="/why">why</a></td></tr><tr><td>No link</td></tr><tr><td><a href="/b">B</a><button>More</button></td></tr></tbody></table>
    </main>,
  )
  const links = rowLinks(container)
  expect(names(links)).toEqual(['A', 'B'])
  const next = (from: Element | null, step: 1 | -1 = 1) => rowBeside(links, from, step)?.textContent
  expect(next(null)).toBe('A')
  expect(next(links[0] ?? null)).toBe('B')
  expect(next(container.querySelector('input'))).toBe('B')
  expect(next(container.querySelector('button'), -1)).toBe('A')
  expect(next(links[1] ?? null)).toBe('B')
})

test('where there is no table, cards and lists are walked, not the way to the page', () => {
  const { container } = render(<main><nav><ol><li><a href="/p">Shop</a></li></ol></nav><ul><li><a href="/1">One</a></li><li><a href="/2">Two</a></li></ul></main>)
  expect(names(rowLinks(container))).toEqual(['One', 'Two'])
  expect(rowLinks(render(<p>Nothing</p>).container)).toEqual([])
})

test('editing means the row that has the focus, then the page; never what is locked', () => {
  const { container } = render(<main><button>Edit</button><table><tbody><tr><td><a href="/a">A</a><button aria-label="Edit A">…</button></td></tr><tr><td><a href="/b">B</a><button aria-disabled>Edit</button></td></tr></tbody></table></main>)
  const [a, b] = rowLinks(container)
  expect(editControl(container, a ?? null)?.getAttribute('aria-label')).toBe('Edit A')
  expect(editControl(container, b ?? null)?.textContent).toBe('Edit')
  expect(editControl(container, b ?? null)?.closest('tr')).toBeNull()
  expect(editControl(render(<button>Editor</button>).container, null)).toBeUndefined()
})

test('the search of a page is found by what it is called', () => {
  const { container } = render(<><input aria-label="Name" /><input aria-label="Search changes" /></>)
  expect(searchField(container)?.getAttribute('aria-label')).toBe('Search changes')
})

test('keys are off in fields, menus and dialogs, and on at buttons and boxes', () => {
  const { container } = render(<><textarea /><input type="checkbox" /><button>Press</button><div role="menu"><button>Item</button></div></>)
  const of = (selector: string) => isWriting(container.querySelector(selector), container)
  expect([of('textarea'), of('input'), of('button'), of('[role="menu"] button')]).toEqual([true, false, false, true])
  render(<div role="dialog" aria-modal="true">Sure</div>, { container })
  expect(isWriting(document.body, container)).toBe(true)
})
