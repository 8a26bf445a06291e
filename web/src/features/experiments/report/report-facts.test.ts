import { expect, test } from 'vitest'
import { analysis, comparison, experiment, metric, samplePlan, verdict } from '../experiment.samples.ts'
import { armsWords, deviationsOf, healthWords, peopleWords, questionOf, reportRows, shortened } from './report-facts.ts'

test('a long text is cut between words, and says so', () => {
  expect(shortened('A short one.', 20)).toBe('A short one.')
  expect(shortened('  Two\n lines  here ', 20)).toBe('Two lines here')
  expect(shortened('People left at the form, not at the price.', 26)).toBe('People left at the form…')
  expect(shortened('x'.repeat(30), 10)).toBe(`${'x'.repeat(9)}…`)
})

test('the question names the metric, the direction and the effect worth having', () => {
  expect(questionOf(samplePlan)).toBe('Does the change raise Checkout completion by 2% or more?')
})

test('arms are told with their shares, people with those who are left out', () => {
  expect(armsWords(samplePlan)).toBe('control, as it was (50%); express (50%)')
  expect(peopleWords(analysis({ crossedUnits: 12 }))).toBe('20,000: control 10,010, express 9,990; 12 met two and are left out')
})

test('what decides comes first, then what must not get worse; what has no room is counted', () => {
  const { rows, more } = reportRows(analysis(), 0.02)
  expect([rows.map((row) => row.metric.metric.role), more]).toEqual([['primary', 'guardrail', 'secondary'], 0])
  const many = Array.from({ length: 12 }, (_, i) => metric({ key: `m-${i}`, role: i === 0 ? 'primary' : 'secondary', comparisons: [comparison()] }))
  const cut = reportRows(analysis({ metrics: many }), 0.02)
  expect([cut.rows.length, cut.more]).toEqual([9, 3])
})

test('health says the balance first, then warnings, then that there is more', () => {
  const warnings = ['srm_warning', 'sparse', 'small_sample', 'crossed_units', 'arm_harmful'].map((code) => ({ code }))
  const words = healthWords(analysis({ verdict: verdict({ warnings }), findings: [{ code: 'twyman', evidence: '' }] }))
  expect(words[0]).toMatch(/^Unusual split\. Expected 50 to 50, seen /)
  expect(words).toHaveLength(6)
  expect(words.slice(4)).toEqual(['2 further warnings on the page.', '1 finding worth a look on the page; none blocks the verdict.'])
})

test('the first deviations are shown and the others counted', () => {
  const deviations = Array.from({ length: 6 }, (_, i) => ({ what: `hypothesis ${i}`, registered: 'a', now: 'b' }))
  const { shown, more } = deviationsOf(experiment({ deviations }))
  expect([shown.length, more]).toEqual([4, 2])
})
