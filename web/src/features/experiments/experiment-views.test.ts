import { expect, test } from 'vitest'
import { experimentViews, inView, isFound, statusOf } from './experiment-views.ts'
import { experiment } from './experiment.samples.ts'

const open = { kind: 'inconclusive', final: false, sentence: '' }
const list = [experiment({ key: 'EXP-4', status: 'draft', verdict: null }), experiment({ key: 'EXP-3', verdict: open }), experiment({ key: 'EXP-2' }), experiment({ key: 'EXP-1', status: 'stopped', verdict: open })]

test('views count where experiments stand', () => {
  expect(experimentViews(list).map((view) => [view.label, view.count])).toEqual([['All', 4], ['Running', 2], ['To decide', 2], ['Drafts', 1], ['Decided', 0]])
})

test('a running experiment whose rule has fired waits for a decision', () => {
  expect(inView(list, 'stopped').map((one) => one.key)).toEqual(['EXP-2', 'EXP-1'])
  expect(list.map(statusOf)).toEqual(['Draft', 'Running', 'Running', 'Stopped'])
})

test('every word of a search is in the name, a key or the flag', () => {
  const one = experiment({ key: 'EXP-9', title: 'Gift wrap', flag: 'basket.wrap', hypothesis: 'H-4' })
  expect(['', 'WRAP gift', 'exp-9', 'basket', 'h-4 wrap', 'gift notes'].map((search) => isFound(one, search))).toEqual([true, true, true, true, true, false])
})
