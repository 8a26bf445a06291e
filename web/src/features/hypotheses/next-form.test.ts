import { expect, test } from 'vitest'
import { written } from './hypothesis.samples.ts'
import { nextForm } from './next-form.ts'

const source = { ...written, forecast: { probability: 0.3, lift: 0.04 } }

test('the same once more is the same plan, with a forecast of its own', () => {
  expect(nextForm(source, 'replication')).toMatchObject({ title: written.title, change: written.change, because: written.because, forecast: { probability: '', lift: '' }, relatedTo: { hypothesis: 'H-7', kind: 'replication' } })
})

test('a follow-up keeps people and metrics, and needs a change and a reason of its own', () => {
  expect(nextForm(source, 'follow_up')).toMatchObject({ title: '', change: '', because: '', audience: 'returning shoppers', primaryMetric: 'orders', minimumEffect: 2, relatedTo: { hypothesis: 'H-7', kind: 'follow_up' } })
})
