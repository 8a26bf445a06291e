import { act, renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useUrlDraft } from './use-url-draft.ts'

/** What is typed is written in lower case to the address. */
const hook = (address: string) => renderHook(({ at }: { at: string }) => useUrlDraft(at, () => at, (draft: string) => draft.toLowerCase()), { initialProps: { at: address } })

test('what is typed stays while the address answers late', () => {
  const { result, rerender } = hook('')
  act(() => { result.current[1]('A') })
  act(() => { result.current[1]('AB') })
  act(() => { result.current[1]('ABC') })
  rerender({ at: 'a' })
  expect(result.current[0]).toBe('ABC')
  rerender({ at: 'abc' })
  expect(result.current[0]).toBe('ABC')
})

test('an address from elsewhere is taken over', () => {
  const { result, rerender } = hook('')
  act(() => { result.current[1]('A') })
  rerender({ at: 'a' })
  rerender({ at: 'from a link' })
  expect(result.current[0]).toBe('from a link')
  rerender({ at: '' })
  expect(result.current[0]).toBe('')
})
