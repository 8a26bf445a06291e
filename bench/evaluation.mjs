import { load } from './load.mjs'
import { perSecond } from './measure.mjs'
import { naiveEvaluate } from './naive-evaluate.mjs'

const members = Array.from({ length: 1000 }, (_, i) => `user-${i * 7}`)

function flag(i) {
  const split = (coverage) => ({ unit: 'user', salt: `salt-${i}`, hash: 'murmur3', coverage, arms: [{ variant: 'off', weight: 50_000 }, { variant: 'on', weight: 50_000 }] })
  return {
    key: `flag-${i}`, type: 'boolean', enabled: i % 10 !== 9, clientVisible: false, revision: 1, offVariant: 'off',
    variants: [{ key: 'off', value: false }, { key: 'on', value: true }],
    rules: [
      { id: `beta-${i}`, when: { cohort: 'beta' }, serve: { variant: 'on' } },
      { id: `paid-${i}`, when: { all: [{ attribute: 'country', op: 'in', values: ['DE', 'FR', 'GB', 'ES'] }, { attribute: 'orders', op: 'gte', values: [5] }, { not: { attribute: 'email', op: 'starts_with', values: ['test+'] } }] }, serve: split(40_000) },
    ],
    fallthrough: split(100_000),
  }
}

const ruleset = {
  schema: 1, project: 'shop', environment: 'production', epoch: '0198f000-0000-7000-8000-000000000000', version: 1,
  flags: Array.from({ length: 200 }, (_, i) => flag(i)),
  cohorts: [{ key: 'beta', unit: 'user', included: members, when: { attribute: 'country', op: 'in', values: ['SE'] } }],
  layers: [], holdouts: [],
}
const contexts = Array.from({ length: 1000 }, (_, i) => ({ targetingKey: `user-${i * 13}`, country: ['DE', 'US', 'GB', 'IN', 'SE'][i % 5], orders: i % 11, email: i % 50 === 0 ? 'test+1@shop.example' : `p${i}@shop.example` }))
const pairs = contexts.map((context, i) => [`flag-${(i * 37) % 200}`, context])

/** A client that has its ruleset and whose server takes everything at once. */
async function connected(experiment) {
  const { createClient } = await load('sdk/src/index.ts')
  const body = JSON.stringify({ ...ruleset, flags: [...ruleset.flags, { ...flag(0), key: 'tested', rules: [], fallthrough: { ...flag(0).fallthrough, experiment, phase: 1 } }] })
  const answer = (status, text) => ({ status, headers: { get: () => null }, text: async () => text, body: null })
  const fetch = async (url) => (url.endsWith('/ruleset') ? answer(200, body) : answer(202, '{"accepted":0,"rejected":[]}'))
  const client = createClient({ url: 'http://assay.test', key: 'key', stream: false, fetch })
  if ((await client.ready()) !== 'ready') throw new Error('the client has no ruleset')
  return client
}

/** Local evaluation: 200 flags, a cohort of 1,000 listed people, two rules and a split per flag. */
export async function* figures(options) {
  const core = await load('sdk/src/core/index.ts')
  const parsed = core.parseRuleset(JSON.stringify(ruleset))
  if (!parsed.ok) throw new Error(`the benchmark's ruleset is not valid: ${JSON.stringify(parsed)}`)
  const compiled = core.compileRuleset(parsed.ruleset)
  for (const [key, context] of pairs) {
    const [fast, slow] = [core.evaluate(compiled, key, context), naiveEvaluate(ruleset, key, context, core.murmur3)]
    if (fast.variant !== slow.variant) throw new Error(`${key} for ${context.targetingKey}: ${fast.variant} against ${slow.variant} of the baseline`)
  }
  const client = await connected('exp-1')
  let sink = 0
  const each = (evaluate) => () => {
    for (const [key, context] of pairs) if (evaluate(key, context).value === true) sink++
  }
  const results = await perSecond({
    'evaluate, compiled': { calls: pairs.length, run: each((key, context) => core.evaluate(compiled, key, context)) },
    'getBoolean through the client': { calls: pairs.length, run: each((key, context) => ({ value: client.getBoolean(key, false, context) })) },
    'getBoolean of an experiment through the client, exposures suppressed': { calls: pairs.length, run: each((_, context) => ({ value: client.getBoolean('tested', false, context) })) },
    'evaluate, naive baseline': { calls: pairs.length, run: each((key, context) => naiveEvaluate(ruleset, key, context, core.murmur3)) },
    // Flags are compiled when they are first asked for: each is asked once.
    'compile a ruleset of 200 flags, every flag': { calls: 1, run: () => { const fresh = core.compileRuleset(parsed.ruleset); for (const { key } of ruleset.flags) sink += core.evaluate(fresh, key, contexts[0]).variant ? 1 : 0 } },
  }, options)
  if (sink === 0) throw new Error('nothing was on')
  await client.close()
  for (const result of results) yield { suite: 'evaluation', ...result }
  const [compiledPerSecond, , , naivePerSecond] = results.map(({ value }) => value)
  yield { suite: 'evaluation', name: 'compiled against naive', unit: 'times', value: Number((compiledPerSecond / naivePerSecond).toFixed(1)) }
}
