import { expect, test } from 'vitest'
import type { StreamTarget } from '../http/event-streams.ts'
import { createRulesetStreams } from './ruleset-streams.ts'
import { serveRuleset } from './serve-ruleset.ts'

const version = (number: number, environmentId = 'env') => serveRuleset({ environmentId, epoch: 'e', version: number, body: `{"version":${number}}`, sha256: '' }, 'database')

/** A reader that takes everything at once until `takes` is false. Like a connection, it closes some time after its end. */
function reader() {
  const listeners = { close: [] as (() => void)[], drain: [] as (() => void)[] }
  const state = { text: '', takes: true, ended: false, destroyed: false }
  const target: StreamTarget = {
    write(chunk) {
      if (state.ended) throw new Error('write after end')
      state.text += chunk.toString()
      return state.takes
    },
    end(chunk) {
      if (state.ended) throw new Error('write after end')
      state.text += chunk ?? ''
      state.ended = true
    },
    destroy() {
      state.destroyed = true
      listeners.close.forEach((listener) => { listener() })
    },
    on: (event, listener) => listeners[event].push(listener),
  }
  return { target, state, drained: () => { listeners.drain.forEach((listener) => { listener() }) }, ids: () => [...state.text.matchAll(/^id: e:(\d+)$/gm)].map((match) => Number(match[1])) }
}

function streams(chance = 0.5) {
  const clock = { at: 0 }
  return { clock, open: createRulesetStreams(() => clock.at, () => chance, { stalledMs: 100, maxAgeMs: 1_000 }) }
}

test('a stream begins with the snapshot and gets every version of its environment', () => {
  const { open } = streams()
  const [one, other] = [reader(), reader()]
  open.open('env', version(1), one.target)
  open.open('elsewhere', null, other.target)
  open.broadcast(version(2))
  expect(one.ids()).toEqual([1, 2])
  expect(other.ids()).toEqual([])
  expect(open.count()).toBe(2)
})

test('a reader that does not keep up gets the newest version only, once it drains', () => {
  const { open } = streams()
  const slow = reader()
  open.open('env', null, slow.target)
  slow.state.takes = false
  for (const number of [1, 2, 3, 4]) open.broadcast(version(number))
  expect(slow.ids()).toEqual([1])
  slow.state.takes = true
  slow.drained()
  expect(slow.ids()).toEqual([1, 4])
  open.broadcast(version(5))
  expect(slow.ids()).toEqual([1, 4, 5])
})

test('a stalled reader is cut, a quiet one is kept by heartbeats', () => {
  const { open, clock } = streams()
  const [stalled, quiet] = [reader(), reader()]
  open.open('env', null, stalled.target)
  open.open('env', null, quiet.target)
  stalled.state.takes = false
  open.broadcast(version(1))
  clock.at = 99
  open.heartbeat()
  expect(stalled.state.destroyed).toBe(false)
  clock.at = 100
  open.heartbeat()
  expect(stalled.state.destroyed).toBe(true)
  expect(quiet.state.text.match(/^: heartbeat$/gm)).toHaveLength(2)
  expect(open.count()).toBe(1)
})

test('an old stream is asked to reconnect', () => {
  const { open, clock } = streams()
  const old = reader()
  open.open('env', null, old.target)
  clock.at = 1_000
  open.heartbeat()
  expect(old.state).toMatchObject({ ended: true })
  expect(old.state.text).toContain('event: reconnect\ndata: {"retryMs":500}\n\n')
  expect(open.count()).toBe(0)
})

test('draining tells many streams a window that 300 reconnects a second fit into', () => {
  const { open } = streams(0.999999)
  const readers = Array.from({ length: 3_000 }, reader)
  for (const { target } of readers) open.open('env', null, target)
  open.endAll()
  expect(readers.every(({ state }) => state.ended)).toBe(true)
  expect(readers[0]?.state.text).toContain('"retryMs":9999}')
  expect(open.count()).toBe(0)
})

test('nothing is written to a stream after its end, though its connection is not closed yet', () => {
  const { open, clock } = streams()
  const one = reader()
  open.open('env', version(1), one.target)
  open.endAll()
  open.endAll()
  open.broadcast(version(2))
  clock.at = 5_000
  open.heartbeat()
  one.drained()
  expect(one.ids()).toEqual([1])
})
