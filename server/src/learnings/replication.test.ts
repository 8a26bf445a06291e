import { expect, test } from 'vitest'
import type { Learning } from '../contract/learnings.ts'
import { replicationOf } from './replication.ts'

const again = (key: string, kind: 'replication' | 'follow_up' = 'replication') => ({ key, relatedTo: { hypothesis: 'H-1', kind } })
const learned = (hypothesis: string, verdict: Learning['verdict']) => ({ hypothesis, verdict })
const first = learned('H-1', 'confirmed')

test.each<[string, Parameters<typeof replicationOf>[1], Parameters<typeof replicationOf>[2], string]>([
  ['nobody tried', [again('H-2', 'follow_up')], [first], 'none'],
  ['somebody tries', [again('H-2')], [first], 'running'],
  ['the same answer', [again('H-2')], [learned('H-2', 'confirmed'), first], 'held'],
  ['another answer', [again('H-2')], [learned('H-2', 'rejected'), first], 'not_held'],
  ['no clear answer', [again('H-2')], [learned('H-2', 'inconclusive'), first], 'unclear'],
  ['the newest clear answer counts', [again('H-2'), again('H-3')], [learned('H-3', 'inconclusive'), learned('H-2', 'harmful'), first], 'not_held'],
])('%s', (_case, hypotheses, learnings, state) => {
  expect(replicationOf(first, hypotheses, learnings)).toEqual({ state, hypotheses: hypotheses.filter(({ relatedTo }) => relatedTo?.kind === 'replication').map(({ key }) => key) })
})

test('a harmful and a rejected idea failed both', () => {
  expect(replicationOf(learned('H-1', 'rejected'), [again('H-2')], [learned('H-2', 'harmful')]).state).toBe('held')
})
