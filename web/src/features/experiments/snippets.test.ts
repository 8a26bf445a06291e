import { expect, test } from 'vitest'
import { experiment } from './experiment.samples.ts'
import { snippetOf } from './snippets.ts'

const flag = { type: 'string', variants: [{ key: 'control', value: 'plain' }, { key: 'express', value: "it's fast" }] } as const
const variants = { ...flag, variants: [...flag.variants] }

test('an internal assignment asks the flag, with what control serves as the fallback', () => {
  const text = snippetOf('targetingKey', experiment(), variants, [{ event: 'order', mean: false }])
  expect(text).toContain(`client.getString('checkout.express-pay', "plain", { targetingKey: user.id })`)
  expect(text).toContain(`client.track('order', { targetingKey: user.id })`)
  expect(text).not.toContain('expose')
})

test('an external assignment records the variant that was met', () => {
  const text = snippetOf('targetingKey', experiment({ assignment: 'external' }), variants, [])
  expect(text).toContain(`client.expose({ experiment: 'EXP-1', unit: user.id, variant: 'express' })`)
  expect(text).not.toContain('track')
})

test('a unit that is not a person is named, and stands where the project keeps it', () => {
  expect(snippetOf('company.id', experiment({ assignment: 'external', unitType: 'company', phase: 2 }), variants, [{ event: 'paid', mean: true }])).toContain(`unit: company.id, variant: 'express', unitType: 'company', phase: 2 })`)
  expect(snippetOf('company.id', experiment({ unitType: 'company' }), variants, [{ event: 'paid', mean: true }])).toContain(`client.track('paid', { targetingKey: user.id, company: { id: company.id } }, { value })`)
})

test('an event that two metrics count is recorded once, with its value where one needs it', () => {
  const text = snippetOf('targetingKey', experiment(), variants, [{ event: 'order', mean: false }, { event: 'order', mean: true }])
  expect(text.match(/track/g)).toHaveLength(1)
  expect(text).toContain(`{ targetingKey: user.id }, { value })`)
})
