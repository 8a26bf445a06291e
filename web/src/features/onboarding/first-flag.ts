import type { Connections, Environment, RouteInput, UsageSeries, routes } from '@assay/server/contract'
import { ago } from '../../ui/format.ts'

/** The flag that the first app asks for. */
export const FIRST_FLAG = 'welcome-banner'

export const firstFlag: RouteInput<typeof routes.createFlag>['body'] = {
  key: FIRST_FLAG,
  name: 'Welcome banner',
  description: 'The first flag of this project: it shows that an app is connected. Archive it when it has done so.',
  kind: 'release',
  type: 'boolean',
  variants: [{ key: 'off', value: false }, { key: 'on', value: true }],
}

/** Where a first try harms nobody: the first environment that is not production; null where there is none. */
export function firstEnvironment(environments: readonly Environment[]): Environment | null {
  return environments.find(({ production }) => !production) ?? null
}

/** `2 s ago`, exact as long as seconds matter. */
export function secondsAgo(at: string, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - new Date(at).getTime()) / 1000))
  return seconds < 60 ? `${seconds} s ago` : ago(at, now)
}

export function countOf({ totals }: Pick<UsageSeries, 'totals'>, variant: string): number {
  return totals.find((total) => total.variant === variant)?.count ?? 0
}

export interface Seen {
  state: 'waiting' | 'has' | 'got'
  sentence: string
}

/**
 * What the app has of the flag as it stands now, by what it acknowledged and by what it reported since. `before`: how often the value had been given when the
 * flag was turned; null where nobody has turned it here.
 */
export function seenByApp(value: boolean, { connected, upToDate, liveAfterMs }: Pick<Connections, 'connected' | 'upToDate' | 'liveAfterMs'>, given: number, before: number | null): Seen {
  if (connected === 0) return { state: 'waiting', sentence: `Your app is not connected now. It gets ${value} as soon as it is.` }
  if (upToDate < connected) return { state: 'waiting', sentence: 'On its way to your app.' }
  if (before !== null && given > before) return { state: 'got', sentence: `Your app asked again and got ${value}.` }
  const after = before === null || liveAfterMs === null ? '' : `, after ${(liveAfterMs / 1000).toFixed(1)} s`
  return { state: 'has', sentence: `Your app has it${after}: it gets ${value} when it asks.` }
}
