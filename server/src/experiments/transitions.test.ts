import { expect, test } from 'vitest'
import { experimentStatus, type ExperimentStatus } from '../contract/experiments.ts'
import { afterMove, levelOf, type Move } from './transitions.ts'

const legal: Record<Move, Partial<Record<ExperimentStatus, ExperimentStatus>>> = {
  save: { draft: 'draft' },
  start: { draft: 'running' },
  cover: { running: 'running' },
  rearm: { running: 'running' },
  extend: { running: 'running' },
  stop: { running: 'stopped' },
  resume: { stopped: 'running' },
  decide: { running: 'decided', stopped: 'decided' },
}

test.each(Object.entries(legal) as [Move, Partial<Record<ExperimentStatus, ExperimentStatus>>][])('%s is legal from where it makes sense, and from nowhere else', (move, from) => {
  for (const status of experimentStatus.options) {
    const to = from[status]
    if (to === undefined) expect(() => afterMove('EXP-1', status, move)).toThrow(`EXP-1 is ${status}.`)
    else expect(afterMove('EXP-1', status, move)).toBe(to)
  }
})

test.each<[ExperimentStatus[], number]>([
  [[], 1], [['draft'], 1], [['draft', 'running', 'decided'], 2], [['stopped', 'decided'], 3], [['decided', 'draft'], 4],
])('with experiments %j a hypothesis is at level %i', (statuses, level) => {
  expect(levelOf(statuses)).toBe(level)
})
