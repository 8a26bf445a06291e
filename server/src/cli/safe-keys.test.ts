import { expect, test } from 'vitest'
import { safeKeys } from './safe-keys.ts'

test('names that are keys stay as they are, others become valid and distinct', () => {
  const keys = safeKeys(['gate_30', 'gate 40', 'gate-40', '...', 'Größe'], /[A-Za-z0-9._-]/, 100)
  expect([...keys.values()]).toEqual(['gate_30', 'gate-40', 'gate-40-2', 'key', 'Gro--e'])
})
