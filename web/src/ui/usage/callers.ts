import type { Connections, Environment, FlagUsage } from '@assay/server/contract'
import { ago, count, plural } from '../format.ts'

export interface Caller {
  environment: string
  /** `41,210 decisions in the last 24 hours, the last 2 minutes ago`. */
  words: string
}

/** Who still asks for a flag, environment by environment; empty where nobody ever has. */
export function callersOf(usage: FlagUsage | undefined, environments: readonly Environment[], now: Date): Caller[] {
  return (usage?.environments ?? []).flatMap(({ environment, lastEvaluatedAt, hourly }) => {
    if (lastEvaluatedAt === null) return []
    const total = hourly.reduce((sum, value) => sum + value, 0)
    const name = environments.find(({ key }) => key === environment)?.name ?? environment
    return [{ environment: name, words: total === 0 ? `last asked for ${ago(lastEvaluatedAt, now)}` : `${count(total)} decisions in the last 24 hours, the last ${ago(lastEvaluatedAt, now)}` }]
  })
}

/** The services that are connected now, by what they run: `3 connected SDKs (assay-node 0.1.0)`; null where there is none. */
export function connectedWords({ instances, connected }: Pick<Connections, 'instances' | 'connected'>): string | null {
  if (connected === 0) return null
  const sdks = [...new Set(instances.map(({ sdk }) => sdk))].sort()
  return `${plural(connected, 'connected SDK')}${sdks.length === 0 ? '' : ` (${sdks.join(', ')})`}`
}
