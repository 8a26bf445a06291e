import { expect, test } from 'vitest'
import { firstSample, nodeSample, rulesetSample } from './samples.ts'

const url = 'https://assay.example'

test.each([
  ['checkout.express-pay', 'boolean', false, "const expressPay = assay.getBoolean('checkout.express-pay', false, context)"],
  ['limit', 'integer', 30, "const limit = assay.getInteger('limit', 30, context)"],
  ['ratio', 'float', 0.5, "const ratio = assay.getFloat('ratio', 0.5, context)"],
  ['greeting', 'string', "it's", "const greeting = assay.getString('greeting', 'it\\'s', context)"],
  ['1st', 'object', { a: 1 }, "const value = assay.getObject('1st', {\"a\":1}, context)"],
] as const)('the sample of %s asks for the type %s', (flag, type, fallback, line) => {
  const sample = nodeSample({ url, flag, type, fallback })
  expect(sample.split('\n')).toContain(line)
  expect(sample).toContain("createClient({ url: 'https://assay.example'")
  expect(sample.split('\n').length).toBe(10)
})

test('the ruleset is asked for with a key', () => {
  expect(rulesetSample(url)).toBe('curl -H "Authorization: Bearer $ASSAY_KEY" https://assay.example/sdk/v1/ruleset')
})

test('the first sample has address and key filled in, and goes on asking', () => {
  const lines = firstSample({ url, key: 'srv_1', flag: 'welcome-banner' }).split('\n')
  expect(lines).toEqual(expect.arrayContaining([`  url: '${url}',`, "  key: 'srv_1',", "  const welcomeBanner = assay.getBoolean('welcome-banner', false, { targetingKey: 'user-42' })", 'setInterval(ask, 2000)']))
  // Read without scrolling on a laptop.
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(96)
})
