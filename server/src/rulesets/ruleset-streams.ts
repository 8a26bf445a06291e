import { createEventStreams, type StreamTarget, type StreamTimes } from '../http/event-streams.ts'
import type { ServedRuleset } from './ruleset-server.ts'

/** What a stream sends of a ruleset: all of it, or word that it is there. */
type Frame = Pick<ServedRuleset, 'environmentId' | 'frame'>

/** Open streams of rulesets, by environment. A reader that does not keep up is sent the newest one; what it missed in between is never sent. */
export function createRulesetStreams(now: () => number, chance: () => number, times: StreamTimes) {
  const streams = createEventStreams<Frame>(now, chance, times, { bytes: (ruleset) => ruleset.frame(), merge: (_, newest) => newest, heartbeat: ': heartbeat\n\n' })
  return {
    count: streams.count,
    open: (environmentId: string, snapshot: Frame | null, target: StreamTarget): void => { streams.open(environmentId, snapshot, target) },
    broadcast: (ruleset: Frame): void => { streams.broadcast(ruleset.environmentId, ruleset) },
    heartbeat: streams.heartbeat,
    endAll: streams.endAll,
  }
}
