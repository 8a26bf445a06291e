import { expect, test } from 'vitest'
import { aFlag, aRuleset, halves } from '../core/ruleset.samples.ts'
import { createClient } from './client.ts'

const ruleset = aRuleset({
  flags: [
    aFlag('tested', { clientVisible: true, revision: 4, fallthrough: halves('tested', { experiment: 'exp-1', phase: 2 }) }),
    aFlag('hidden'),
    aFlag('off', { clientVisible: true, enabled: false }),
    aFlag('broken', { clientVisible: true, fallthrough: { variant: 'gone' } }),
    aFlag('needs', { clientVisible: true, prerequisites: [{ flag: 'tested', variants: ['off', 'on'] }] }),
  ],
})

function offline() {
  return createClient({ url: '', key: '', offline: true, bootstrap: ruleset })
}

test('a page is given the flags that client keys may see, by key, as Assay would answer it', async () => {
  const client = offline()
  await client.ready()
  const { flags } = client.bootstrap({ targetingKey: 'u' })
  const metadata = { flagSetId: `${ruleset.project}/${ruleset.environment}` }
  expect(flags.map(({ key }) => key)).toEqual(['broken', 'needs', 'off', 'tested'])
  expect(flags[0]).toEqual({ key: 'broken', errorCode: 'PARSE_ERROR', errorDetails: expect.any(String), metadata: { ...metadata, version: '1' } })
  expect(flags[1]).toMatchObject({ key: 'needs', metadata: { exposures: expect.stringMatching(/^\[\{"experiment":"exp-1","phase":2,"unitType":"user","variant":"(on|off)"\}\]$/) } })
  expect(flags[2]).toEqual({ key: 'off', reason: 'DISABLED', metadata: { ...metadata, version: '1' } })
  expect(flags[3]).toMatchObject({ key: 'tested', reason: 'SPLIT', metadata: { ...metadata, version: '4', experiment: 'exp-1', phase: '2', unitType: 'user' } })
  expect(client.counts()).toEqual({ queued: 0, sent: 0, rejected: 0, dropped: {} })
})

test('there is nothing to give before a ruleset, and after close', async () => {
  const without = createClient({ url: '', key: '', offline: true })
  expect(without.bootstrap({ targetingKey: 'u' })).toEqual({ flags: [] })
  const client = offline()
  await client.close()
  expect(client.bootstrap({ targetingKey: 'u' })).toEqual({ flags: [] })
})
