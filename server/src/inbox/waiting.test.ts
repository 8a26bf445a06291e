import { describe, expect, test } from 'vitest'
import type { Role } from '../contract/roles.ts'
import { waitingFor } from './waiting.ts'
import type { OpenChange, OpenExperiment, OpenTask, UntestedHypothesis, WaitingFacts } from './waiting-facts.ts'

const now = new Date('2026-11-25T10:00:00Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
const members = [{ name: 'Ada', role: 'admin' }, { name: 'Mina', role: 'product_owner' }, { name: 'Jonas', role: 'engineer' }, { name: 'Vera', role: 'viewer' }] as const satisfies WaitingFacts['members']
const nothing: WaitingFacts = { members, experiments: [], hypotheses: [], changes: [], rejected: [], tasks: [], flags: [], exports: [], webhooks: [], keys: [] }

function inboxOf(name: (typeof members)[number]['name'], facts: Partial<WaitingFacts>) {
  const role: Role = members.find((member) => member.name === name)?.role ?? 'viewer'
  return waitingFor({ ...nothing, ...facts }, { name, role }, now)
}
/** What waits for each, in short. */
const waits = (facts: Partial<WaitingFacts>) => Object.fromEntries(members.map(({ name }) => [name, inboxOf(name, facts).items.map(({ kind, key }) => `${kind} ${key}`)]))
const sentences = (name: (typeof members)[number]['name'], facts: Partial<WaitingFacts>) => inboxOf(name, facts).items.map(({ urgency, sentence }) => `${urgency}: ${sentence}`)

const experiment = (more: Partial<OpenExperiment> = {}): OpenExperiment => ({ key: 'EXP-1', title: 'Express pay', status: 'running', decider: 'The checkout team', writtenBy: 'Mina', startedBy: 'Jonas', createdAt: daysAgo(40), startedAt: daysAgo(20), endedAt: null, maxDays: 30, verdict: null, ...more })
const verdict = (kind: string, final: boolean, days = 2) => ({ kind, final, sentence: `It is ${kind}.`, since: daysAgo(days) })

describe('an experiment', () => {
  test('that runs well waits for nobody', () => {
    expect(waits({ experiments: [experiment(), experiment({ verdict: verdict('inconclusive', false) })] })).toEqual({ Ada: [], Mina: [], Jonas: [], Vera: [] })
  })

  test('that does harm waits for everybody who may stop it', () => {
    const facts = { experiments: [experiment({ verdict: verdict('harmful', true) })] }
    expect(waits(facts)).toEqual({ Ada: ['harm EXP-1'], Mina: ['harm EXP-1'], Jonas: ['harm EXP-1'], Vera: [] })
    expect(sentences('Jonas', facts)).toEqual(['now: It is harmful. Stop it, or say why it goes on.'])
  })

  test('whose split is not as planned waits for those whose it is: who decides, wrote or started it', () => {
    expect(waits({ experiments: [experiment({ decider: 'ada', verdict: verdict('invalid', false) })] })).toEqual({ Ada: ['distrust EXP-1'], Mina: ['distrust EXP-1'], Jonas: ['distrust EXP-1'], Vera: [] })
    expect(waits({ experiments: [experiment({ startedBy: null, verdict: verdict('invalid', false) })] })).toEqual({ Ada: [], Mina: ['distrust EXP-1'], Jonas: [], Vera: [] })
  })

  test('whose split is not as planned, and whose people are gone, waits for everybody who may run it', () => {
    expect(waits({ experiments: [experiment({ writtenBy: 'Gone', startedBy: 'Gone', verdict: verdict('invalid', false) })] })).toEqual({ Ada: ['distrust EXP-1'], Mina: ['distrust EXP-1'], Jonas: ['distrust EXP-1'], Vera: [] })
  })

  test('that can be decided waits for whom it names, whatever is said after the name', () => {
    const facts = { experiments: [experiment({ decider: 'Mina, by 15 March', verdict: verdict('confirmed', true) })] }
    expect(waits(facts)).toEqual({ Ada: [], Mina: ['decide EXP-1'], Jonas: [], Vera: [] })
    expect(sentences('Mina', facts)).toEqual(['next: It is confirmed. You are named to decide.'])
  })

  test('that names nobody who may decide waits for all who may', () => {
    for (const decider of ['The checkout team', 'Jonas']) {
      const facts = { experiments: [experiment({ decider, status: 'stopped', endedAt: daysAgo(1) })] }
      expect(waits(facts)).toEqual({ Ada: ['decide EXP-1'], Mina: ['decide EXP-1'], Jonas: [], Vera: [] })
      expect(sentences('Ada', facts)).toEqual(['next: It was stopped before it was read. You may decide.'])
    }
  })

  test('is overdue after a week, and then asks the others as well', () => {
    const facts = { experiments: [experiment({ decider: 'Mina', verdict: verdict('rejected', true, 9) })] }
    expect(sentences('Mina', facts)).toEqual(['now: It is rejected. You are named to decide.'])
    expect(sentences('Ada', facts)).toEqual(['now: It is rejected. Mina was to decide, and has not for 9 days.'])
  })

  test('that has run for as long as it may is to be decided without an answer', () => {
    const facts = { experiments: [experiment({ maxDays: 18, decider: 'Mina' })] }
    expect(sentences('Mina', facts)).toEqual(['next: It has run for the 18 days that it may run at most, without an answer. You are named to decide.'])
    expect(inboxOf('Mina', facts).items[0]?.since).toBe(daysAgo(2).toISOString())
  })

  test('that is a draft waits for who wrote its hypothesis', () => {
    expect(waits({ experiments: [experiment({ status: 'draft', startedAt: null, startedBy: null })] })).toEqual({ Ada: [], Mina: ['start EXP-1'], Jonas: [], Vera: [] })
  })
})

describe('a hypothesis without an experiment', () => {
  const hypothesis = (more: Partial<UntestedHypothesis> = {}): UntestedHypothesis => ({ key: 'H-1', title: 'Express pay', writtenBy: 'Mina', changedAt: daysAgo(1), missing: [], ...more })

  test('that is whole asks those who look after flags for exposure', () => {
    expect(waits({ hypotheses: [hypothesis()] })).toEqual({ Ada: ['expose H-1'], Mina: [], Jonas: ['expose H-1'], Vera: [] })
    expect(sentences('Jonas', { hypotheses: [hypothesis()] })).toEqual(['next: Mina has written it down. It needs exposure: say which flag shows the change, and to whom.'])
    expect(sentences('Jonas', { hypotheses: [hypothesis({ writtenBy: 'Jonas' })] })).toEqual(['next: You have written it down. It needs exposure: say which flag shows the change, and to whom.'])
  })

  test('that is unfinished waits for who began it', () => {
    const facts = { hypotheses: [hypothesis({ missing: ['Say why you believe it.', 'Name who decides.'] })] }
    expect(waits(facts)).toEqual({ Ada: [], Mina: ['write H-1'], Jonas: [], Vera: [] })
    expect(sentences('Mina', facts)).toEqual(['later: You began it. Say why you believe it. And 1 more to fill in.'])
    expect(sentences('Mina', { hypotheses: [hypothesis({ missing: ['Name who decides.'] })] })).toEqual(['later: You began it. Name who decides.'])
  })
})

describe('a change', () => {
  const change = (more: Partial<OpenChange> = {}): OpenChange => ({ key: 'CH-1', status: 'open', reason: 'Next step', flagName: 'Express pay', environment: 'production', changedAt: daysAgo(1).toISOString(), waitsForYou: true, author: 'Mina', isMine: false, dueAt: null, failure: null, blockedBy: [], ...more })

  test('whose next step is somebody else’s is not there', () => {
    expect(sentences('Ada', { changes: [change({ waitsForYou: false })] })).toEqual([])
  })

  test.each<[string, Partial<OpenChange>, string]>([
    ['to review', {}, 'next: Mina proposes to change Express pay in production, and you may approve it.'],
    ['to review today', { dueAt: new Date('2026-11-25T18:00:00Z') }, 'now: Mina proposes to change Express pay in production, within a day, and you may approve it.'],
    ['to apply', { status: 'approved', isMine: true, author: 'Ada' }, 'next: It is approved: apply it to Express pay in production.'],
    ['to apply for somebody who may not', { status: 'approved' }, 'next: It is approved, and Mina may not apply it: apply it to Express pay in production.'],
    ['that failed at its time', { status: 'approved', isMine: true, failure: 'It was not applied at its time: the flag was off.' }, 'now: It was not applied at its time: the flag was off. It is approved: apply it to Express pay in production.'],
    ['in conflict', { status: 'conflicted', isMine: true }, 'now: Express pay in production moved on in the same place since you proposed it: choose what stays.'],
    ['to revise', { isMine: true, blockedBy: ['Jonas', 'Vera'] }, 'next: Jonas and Vera asked for changes before it goes to Express pay in production.'],
  ])('%s', (_what, more, sentence) => {
    expect(sentences('Ada', { changes: [change(more)] })).toEqual([sentence])
  })

  test('that was rejected is said with the reason', () => {
    const rejected = { key: 'CH-2', reason: 'Next step', flagName: 'Express pay', environment: 'production', at: daysAgo(1), by: 'Jonas', why: 'Too early' }
    expect(sentences('Ada', { rejected: [rejected, { ...rejected, by: null, why: null }] })).toEqual(['later: Jonas rejected your change of Express pay in production. They said: Too early.', 'later: Somebody rejected your change of Express pay in production.'])
  })
})

describe('what is left to do', () => {
  const task = (more: Partial<OpenTask> = {}): OpenTask => ({ key: 'T-1', title: 'Take it out', assignee: '', dueAt: '2026-11-30', createdAt: daysAgo(5), ...more })

  test('a task waits for whom it is with, and one of nobody for all once it is due soon', () => {
    expect(waits({ tasks: [task({ assignee: 'Mina' })] })).toEqual({ Ada: [], Mina: ['task T-1'], Jonas: [], Vera: [] })
    expect(waits({ tasks: [task()] })).toEqual({ Ada: ['task T-1'], Mina: ['task T-1'], Jonas: ['task T-1'], Vera: [] })
    expect(waits({ tasks: [task({ dueAt: '2026-12-20' }), task({ dueAt: null })] })).toEqual({ Ada: [], Mina: [], Jonas: [], Vera: [] })
  })

  test('a task is as urgent as its day', () => {
    expect(sentences('Ada', { tasks: [task({ assignee: 'Ada', dueAt: null }), task({ assignee: 'Ada' }), task({ dueAt: '2026-11-24' })] })).toEqual(['now: It was to be done by now. Nobody has taken it on yet.', 'next: It is yours.', 'later: It is yours.'])
  })

  test('a flag past its day of removal waits for its owner, if they may write flags', () => {
    const facts = { flags: [{ key: 'promo', name: 'Promo', expectedRemoval: '2026-11-24' }, { key: 'today', name: 'Today', expectedRemoval: '2026-11-25' }] }
    expect(sentences('Jonas', facts)).toEqual(['later: Its day of removal has passed, and you own it: take it out of the code and archive it, or give it another day.'])
    expect(sentences('Mina', facts)).toEqual([])
  })

  test('an export that failed waits for the person in whose name it runs', () => {
    const facts = { exports: [{ id: 'e1', name: 'Nightly flags', at: daysAgo(1), error: 'The bucket does not exist.' }] }
    expect(sentences('Jonas', facts)).toEqual(['now: This export runs in your name and failed. The bucket does not exist.'])
    expect(sentences('Mina', facts)).toEqual([])
  })
})

describe('what stops coming through', () => {
  const webhook = { id: 'w1', name: 'Chat', createdBy: 'Jonas', since: daysAgo(2), offBecause: null }
  const key = { prefix: 'srv_abcd', name: 'checkout', rotatedBy: 'Jonas', rotatedAt: daysAgo(1), stopsAt: new Date('2026-11-25T18:00:00Z'), usedBy: 'checkout-service' }

  test('a webhook waits for who made it, and for all who may see to it where they are gone or may no longer', () => {
    expect(waits({ webhooks: [webhook] })).toEqual({ Ada: [], Mina: [], Jonas: ['webhook w1'], Vera: [] })
    for (const createdBy of ['Gone', 'Mina']) expect(waits({ webhooks: [{ ...webhook, createdBy }] })).toEqual({ Ada: ['webhook w1'], Mina: [], Jonas: ['webhook w1'], Vera: [] })
    expect(sentences('Jonas', { webhooks: [webhook, { ...webhook, offBecause: 'Nothing came through for three days.' }] })).toEqual(['now: Nothing that was sent to this webhook has come through since. It is tried again for now.', 'now: Assay switched this webhook off. Nothing came through for three days.'])
  })

  test('a webhook that has failed for less than an hour is left to its own tries', () => {
    expect(sentences('Jonas', { webhooks: [{ ...webhook, since: new Date('2026-11-25T09:30:00Z') }] })).toEqual([])
  })

  test('a rotated key that is still used waits for who rotated it, before it stops', () => {
    expect(waits({ keys: [key] })).toEqual({ Ada: [], Mina: [], Jonas: ['key srv_abcd'], Vera: [] })
    expect(sentences('Jonas', { keys: [key, { ...key, stopsAt: new Date('2026-11-28T09:00:00Z'), usedBy: null }] })).toEqual(['now: This SDK key was rotated and stops within a day, and checkout-service has used it since: hand out the new one.', 'next: This SDK key was rotated and stops in 3 days, and a service has used it since: hand out the new one.'])
  })
})

test('the most urgent comes first, of the same urgency what is most pressing, and of the same kind what waits longest', () => {
  const facts: Partial<WaitingFacts> = {
    experiments: [experiment({ key: 'EXP-3', verdict: verdict('confirmed', true, 1) }), experiment({ key: 'EXP-2', verdict: verdict('confirmed', true, 3) }), experiment({ key: 'EXP-1', verdict: verdict('harmful', true, 1) })],
    hypotheses: [{ key: 'H-2', title: 'Unfinished', writtenBy: 'Ada', changedAt: daysAgo(9), missing: ['Say why.'] }, { key: 'H-1', title: 'Whole', writtenBy: 'Ada', changedAt: daysAgo(9), missing: [] }],
  }
  expect(inboxOf('Ada', facts).items.map(({ key }) => key)).toEqual(['EXP-1', 'EXP-2', 'EXP-3', 'H-1', 'H-2'])
  expect(inboxOf('Ada', facts).counts).toEqual({ now: 1, next: 3, later: 1 })
})

test('a hundred are listed, and all are counted', () => {
  const tasks = Array.from({ length: 130 }, (_, index): OpenTask => ({ key: `T-${index}`, title: 'Take it out', assignee: 'Ada', dueAt: null, createdAt: daysAgo(index) }))
  const { items, counts } = inboxOf('Ada', { tasks })
  expect([items.length, items[0]?.key, counts]).toEqual([100, 'T-129', { now: 0, next: 0, later: 130 }])
})
