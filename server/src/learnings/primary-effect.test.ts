import { expect, test } from 'vitest'
import type { Verdict } from '../contract/analysis.ts'
import { decidingArm } from './primary-effect.ts'

const arm = (key: string, kind: Verdict['kind']) => ({ arm: key, kind, final: true, reasons: [] })

test('the arm that has the verdict is the one that it speaks about', () => {
  expect(decidingArm({ kind: 'confirmed', arms: [arm('b', 'rejected'), arm('c', 'confirmed')] }, 'a')).toBe('c')
})

test('where none has it, the first treatment stands for all', () => {
  expect(decidingArm({ kind: 'inconclusive', arms: [arm('a', 'rejected'), arm('b', 'harmful'), arm('c', 'rejected')] }, 'a')).toBe('b')
  expect(decidingArm({ kind: 'invalid', arms: [] }, 'a')).toBeNull()
})
