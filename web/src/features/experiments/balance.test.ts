import { expect, test } from 'vitest'
import { balanceOf } from './balance.ts'
import { analysis, verdict } from './experiment.samples.ts'

const srm = (p: number | null, sequentialP: number | null) => ({ chi2: 7, df: 1, p, sequentialP, expected: [{ arm: 'control', share: 0.5 }, { arm: 'express', share: 0.5 }] })

test('the split is said in words, with how often luck does it', () => {
  const balance = balanceOf(analysis())
  expect(balance).toMatchObject({ state: 'balanced', label: 'Balanced', crossed: 'Nobody met more than one variant.' })
  expect(balance.words).toBe('Expected 50 to 50, seen 50.05 to 49.95. A split this uneven happens by luck 89 times in 100.')
  expect(balance.parts.map((part) => part.series)).toEqual([0, 1])
})

test('the state is the one that the verdict reads, never a threshold of the page', () => {
  expect(balanceOf(analysis({ srm: srm(0.0086, 1), verdict: verdict({ warnings: [{ code: 'srm_warning' }] }) }))).toMatchObject({ state: 'unusual', label: 'Unusual split' })
  expect(balanceOf(analysis({ srm: srm(1e-9, 1e-9), verdict: verdict({ kind: 'invalid', reasons: [{ code: 'srm' }] }) })).words).toContain('less than once in a million times')
  expect(balanceOf(analysis({ srm: srm(null, null) })).state).toBe('unknown')
})

test('crossed people are counted', () => {
  expect(balanceOf(analysis({ crossedUnits: 1 })).crossed).toBe('1 met more than one variant and is left out.')
  expect(balanceOf(analysis({ crossedUnits: 1234 })).crossed).toBe('1,234 met more than one variant and are left out.')
})

test('an empty experiment has no split', () => {
  const arms = [{ arm: 'control', n: 0, weight: 1 }, { arm: 'express', n: 0, weight: 1 }]
  expect(balanceOf(analysis({ arms, srm: srm(null, null) })).words).toBe('Expected 50 to 50. Nobody has met a variant yet.')
})

test('bots that were left out are counted per variant, where the plan leaves bots out', () => {
  expect(balanceOf(analysis()).bots).toBeNull()
  expect(balanceOf(analysis({ bots: { arms: [{ arm: 'control', n: 0 }, { arm: 'express', n: 0 }], p: null } })).bots).toBe('No bots were left out.')
  expect(balanceOf(analysis({ bots: { arms: [{ arm: 'control', n: 1200 }, { arm: 'express', n: 1150 }], p: 0.31 } })).bots).toBe('Bots left out: 1,200 in control, 1,150 in express. By luck 31 times in 100.')
})
