import { expect, test } from 'vitest'
import type { StoredReview } from './change-record.ts'
import { proposal, review, roles } from './proposal.samples.ts'
import { heldBack, standing, turnedOffSince } from './standing.ts'

const now = new Date('2027-03-01T12:00:00Z')
const at = (time: string) => ({ at: new Date(time), local: '', timeZone: 'UTC' })
const [later, earlier] = [at('2027-03-01T13:00:00Z'), at('2027-03-01T11:00:00Z')]
const approved = { given: 1, needed: 1, blockedBy: [] }

test.each([
  ['without its approvals it is open', { status: 'approved', schedule: null, failure: null }, { ...approved, given: 0 }, 'open'],
  ['while somebody asks for changes it is open', { status: 'open', schedule: null, failure: null }, { ...approved, blockedBy: ['bob'] }, 'open'],
  ['with them it waits for somebody', { status: 'open', schedule: null, failure: null }, approved, 'approved'],
  ['or for its time', { status: 'open', schedule: later, failure: null }, approved, 'scheduled'],
  ['due, it is still scheduled until it is applied', { status: 'scheduled', schedule: earlier, failure: null }, approved, 'scheduled'],
  ['approved after its time it waits for somebody', { status: 'open', schedule: earlier, failure: null }, approved, 'approved'],
  ['and so after it failed', { status: 'scheduled', schedule: earlier, failure: 'No.' }, approved, 'approved'],
  ['a conflict stays one', { status: 'conflicted', schedule: null, failure: null }, approved, 'conflicted'],
  ['what has ended has ended', { status: 'applied', schedule: null, failure: null }, { ...approved, given: 0 }, 'applied'],
] as const)('%s', (_, change, approvals, expected) => {
  expect(standing(change, { ...approvals, blockedBy: [...approvals.blockedBy] }, now)).toBe(expected)
})

test('approvals count for its time only where they came before it', () => {
  const due = (reviews: StoredReview[]) => heldBack({ ...proposal(reviews), schedule: earlier }, roles)
  expect(due([review('bob', 'approved')])).toBeNull()
  expect(due([review('bob', 'approved', { at: new Date('2027-03-01T11:00:01Z') })])).toBe('It was not applied at its time: it needed one approval before, and had none.')
  expect(due([review('bob', 'approved'), review('cleo', 'changes_requested')])).toBe('It was not applied at its time: cleo asked for changes.')
})

test('turning off is remembered from the revision on that a proposal started from', () => {
  const [on, off] = [{ enabled: true }, { enabled: false }]
  const entries = [{ revision: 2, before: off, after: on }, { revision: 3, before: on, after: off }, { revision: 4, before: off, after: off }]
  expect([1, 2, 3].map((revision) => turnedOffSince(revision, entries))).toEqual([true, true, false])
  expect(turnedOffSince(1, [{ revision: 2, before: null, after: off }])).toBe(false)
})
