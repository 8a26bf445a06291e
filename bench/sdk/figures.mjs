import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { loopOver, loopOverAll } from './contender.mjs'
import { contenders } from './contenders.mjs'
import { interleaved, median } from './interleaved.mjs'
import { contextAt, expected, flags, lastRuleContextAt, mixed, shares } from './scenarios.mjs'

/** What Assay may take, in multiples of the closure. */
const goals = { a: 2, b: 1.5, b2: 2, c: 1.5, d: 1.5, e: 2 }
const titles = {
  a: 'on/off flag without rules', b: 'three rules of two clauses, the last matches', b2: 'the same, with a version', c: '50/50 split, 10,000 units',
  d: 'cohort of 1,000 listed units, then 30 %', e: 'all of 200 mixed flags for one context',
}
const all = mixed(200)
const contextsOf = { a: listOf(1000, contextAt), b: listOf(1000, lastRuleContextAt), b2: listOf(1000, lastRuleContextAt), c: listOf(10_000, contextAt), d: listOf(10_000, contextAt), e: listOf(100, contextAt) }

function listOf(length, make) {
  return Array.from({ length }, (_, i) => make(i))
}

export async function* figures({ quick }) {
  const everybody = await contenders()
  yield* evaluations(everybody, quick ? { rounds: 5, roundMs: 4 } : { rounds: 25, roundMs: 20 })
  yield* starts(everybody.filter(({ name }) => name !== 'closure'), quick ? 1 : 7)
}

async function* evaluations(everybody, effort) {
  const opened = []
  for (const contender of everybody) {
    const client = await contender.open(contender.textOf([...Object.values(flags), ...all]))
    await check(contender.name, client)
    opened.push({ ...contender, client })
  }
  for (const [scenario, title] of Object.entries(titles)) {
    const loops = opened.map(({ name, client }) => {
      const contexts = contextsOf[scenario].map(client.contextOf)
      return [name, scenario === 'e' ? loopOverAll(client, all.map(({ key }) => key), contexts) : loopOver(client, scenario, contexts)]
    })
    const found = await interleaved(loops, effort)
    const least = found.get('closure')
    for (const { name, version } of opened) {
      const ns = found.get(name)
      const goal = name === 'assay' ? { goal: goals[scenario], holds: ns <= least * goals[scenario] } : {}
      yield { name: `${scenario}: ${title}`, contender: name, version, unit: 'ns', value: Number(ns.toPrecision(3)), timesClosure: Number((ns / least).toFixed(2)), ...goal }
    }
  }
  for (const { client } of opened) await client.close?.()
}

/** Nobody is measured who does not answer as the flags say. */
async function check(name, client) {
  for (const flag of [...Object.values(flags), ...all]) {
    const share = shares[flag.shape]
    const contexts = share === undefined ? [...contextsOf.e, ...contextsOf.b.slice(0, 100)] : contextsOf.c.slice(0, 2000)
    let hits = 0
    for (const context of contexts) {
      const isOn = (await loopOver(client, flag.key, [client.contextOf(context)])(1)) === 1
      const wanted = expected(flag, context)
      if (wanted !== undefined && isOn !== wanted) throw new Error(`${name}: ${flag.key} is ${isOn} for ${JSON.stringify(context)}`)
      if (isOn) hits++
    }
    if (share !== undefined && Math.abs(hits / contexts.length - share) > 0.06) throw new Error(`${name}: ${flag.key} is on for ${hits} of ${contexts.length}`)
  }
}

/** From the text of a ruleset until every flag was asked once, each time in a new process: engines that compile when asked have their work then. */
async function* starts(everybody, rounds) {
  for (const { name, version } of everybody) {
    const runs = Array.from({ length: rounds }, () => fresh(name, 1000))
    const common = { contender: name, version }
    yield { name: 'cold start of 1,000 flags, ready', ...common, unit: 'ms', value: rounded(median(runs.map(({ readyMs }) => readyMs))) }
    yield { name: 'cold start of 1,000 flags, each asked once', ...common, unit: 'ms', value: rounded(median(runs.map(({ askedMs }) => askedMs))) }
    const large = fresh(name, 10_000)
    yield { name: 'memory of 10,000 flags, ready', ...common, unit: 'MB', value: rounded(large.readyBytes / 1e6) }
    yield { name: 'memory of 10,000 flags, each asked once', ...common, unit: 'MB', value: rounded(large.askedBytes / 1e6) }
  }
}

function fresh(name, count) {
  return JSON.parse(execFileSync(process.execPath, ['--expose-gc', fileURLToPath(new URL('./fresh.mjs', import.meta.url)), name, String(count)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
}

function rounded(value) {
  return Number(value.toPrecision(3))
}
