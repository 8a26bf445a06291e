import type { FlagUsage } from '@assay/server/contract'

export interface HourlyDecisions {
  /** All environments together, oldest first. */
  hourly: number[]
  total: number
  /** The environments that asked, most first. */
  byEnvironment: { environment: string; total: number }[]
}

/** The decisions of the last day, hour by hour. */
export function hourlyDecisions({ environments }: Pick<FlagUsage, 'environments'>): HourlyDecisions {
  const hours = Math.max(0, ...environments.map(({ hourly }) => hourly.length))
  const hourly = Array.from({ length: hours }, (_, hour) => environments.reduce((sum, environment) => sum + (environment.hourly[hour] ?? 0), 0))
  const byEnvironment = environments.map(({ environment, hourly: counts }) => ({ environment, total: sumOf(counts) })).filter(({ total }) => total > 0)
  return { hourly, total: sumOf(hourly), byEnvironment: byEnvironment.sort((a, b) => b.total - a.total) }
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, value) => sum + value, 0)
}
