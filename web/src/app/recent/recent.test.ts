import { expect, test } from 'vitest'
import { readRecent, withPage } from './recent.ts'

const page = (key: string, title = key) => ({ path: `/p/shop/${key}`, title })

test('the newest page is the first, each stands once, and six are kept', () => {
  let pages = [page('flags')]
  for (const key of ['metrics', 'flags', 'a', 'b', 'c', 'd', 'e']) pages = withPage(pages, page(key))
  expect(pages.map(({ title }) => title)).toEqual(['e', 'd', 'c', 'b', 'a', 'flags'])
})

test('tabs of one page are one page: the one looked at last', () => {
  expect(withPage([page('flags/pay/targeting', 'Express pay')], page('flags/pay/code', 'Express pay'))).toEqual([page('flags/pay/code', 'Express pay')])
})

test('what cannot be read is nothing', () => {
  expect(readRecent(null)).toEqual([])
  expect(readRecent('{')).toEqual([])
  expect(readRecent('[{"path":"/p"},{"path":"/p/shop","title":"Shop"},7]')).toEqual([{ path: '/p/shop', title: 'Shop' }])
})
