import { expect, test } from 'vitest'
import { createGroupCommit } from './group-commit.ts'

/** Writes that a test lets through one by one. */
function gatedWrites() {
  const writes: { batches: string[]; done: () => void }[] = []
  const groups = createGroupCommit<string, string>((batches) => new Promise((resolve) => {
    writes.push({ batches, done: () => { resolve(batches.map((batch) => (batch === 'bad' ? { status: 'rejected', reason: new Error('bad') } : { status: 'fulfilled', value: batch.toUpperCase() }))) } })
  }), 10)
  const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)))
  return { writes, groups, turn }
}

test('what arrives together, or during a write, shares the next', async () => {
  const { writes, groups, turn } = gatedWrites()
  const first = [groups.add('a', 1), groups.add('b', 1)]
  await turn()
  const second = [groups.add('c', 1), groups.add('d', 1)]
  expect(groups.pending).toBe(4)
  writes[0]?.done()
  expect(await Promise.all(first)).toEqual(['A', 'B'])
  await turn()
  writes[1]?.done()
  expect(await Promise.all(second)).toEqual(['C', 'D'])
  expect(writes.map((write) => write.batches)).toEqual([['a', 'b'], ['c', 'd']])
  await groups.idle()
  expect(groups.pending).toBe(0)
})

test('a group stays below its size, unless one batch alone is greater', async () => {
  const { writes, groups, turn } = gatedWrites()
  const all = [groups.add('big', 25), groups.add('a', 6), groups.add('b', 4), groups.add('c', 1)]
  for (let i = 0; i < 3; i++) {
    await turn()
    writes[i]?.done()
    await turn()
  }
  await Promise.all(all)
  expect(writes.map((write) => write.batches)).toEqual([['big'], ['a', 'b'], ['c']])
})

test('the failure of one batch reaches its sender only', async () => {
  const { writes, groups, turn } = gatedWrites()
  const good = groups.add('good', 1)
  const bad = groups.add('bad', 1)
  await turn()
  writes[0]?.done()
  expect(await good).toBe('GOOD')
  await expect(bad).rejects.toThrow('bad')
})

test('a write that throws fails its group and not the next', async () => {
  let calls = 0
  const groups = createGroupCommit<string, string>(async (batches) => {
    calls += 1
    if (calls === 1) throw new Error('away')
    return batches.map((value) => ({ status: 'fulfilled', value }))
  }, 10)
  await expect(groups.add('a', 1)).rejects.toThrow('away')
  expect(await groups.add('b', 1)).toBe('b')
})
