import { vi } from 'vitest'
import type { Flag, Ruleset } from '../core/index.ts'
import { aFlag, aRuleset, halves } from '../core/ruleset.samples.ts'
import { createClient } from './client.ts'
import { createFakeServer } from './fake-server.samples.ts'
import type { ClientOptions } from './options.ts'

/** A client and the server it talks to, in fake time: call within `vi.useFakeTimers()`. */
export function startClient(ruleset: Ruleset = sampleRuleset(1), options: Partial<ClientOptions> = {}) {
  const server = createFakeServer(ruleset)
  const warnings: string[] = []
  const client = createClient({ url: 'http://assay.test', key: 'key', fetch: server.fetch, random: () => 0.5, logger: { warn: (message) => { warnings.push(message) } }, ...options })
  return { client, server, warnings }
}

/** Lets `ms` pass, and whatever is due happen. */
export async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
}

/** `release` is off and on by turns of the version; `tested` is an experiment. */
export function sampleRuleset(version: number, parts: Partial<Ruleset> = {}): Ruleset {
  return aRuleset({ version, flags: sampleFlags(version), ...parts })
}

export function sampleFlags(version: number): Flag[] {
  return [
    aFlag('release', { fallthrough: { variant: version % 2 === 1 ? 'off' : 'on' } }),
    aFlag('tested', { fallthrough: halves('tested', { experiment: 'exp-1', phase: 2 }) }),
    aFlag('text', { type: 'string', variants: [{ key: 'a', value: 'A' }], fallthrough: { variant: 'a' } }),
    aFlag('count', { type: 'integer', variants: [{ key: 'a', value: 3 }], fallthrough: { variant: 'a' } }),
    aFlag('ratio', { type: 'float', variants: [{ key: 'a', value: 0.5 }], fallthrough: { variant: 'a' } }),
    aFlag('theme', { type: 'object', variants: [{ key: 'a', value: { colour: 'teal' } }], fallthrough: { variant: 'a' } }),
  ]
}
