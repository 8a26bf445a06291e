import type { Analysis, ArmResult, Verdict } from '../contract/analysis.ts'
import type { Plan } from '../contract/experiments.ts'
import { mergeMoments, sampleVariance } from '../stats/index.ts'
import { planEnded } from './arm-verdict.ts'
import { ENGINE_VERSION } from './engine-version.ts'
import { informationFraction } from './information-fraction.ts'
import { currentLook, type Look } from './looks.ts'
import type { MetricMoments, Observations } from './observations.ts'
import { phaseDays } from './phase-days.ts'
import { cumulativeUnits, readDaily } from './read-daily.ts'
import { readMetrics } from './read-metrics.ts'
import { readSrm } from './read-srm.ts'
import { decideVerdict } from './verdict.ts'

export interface AnalyseInput {
  plan: Plan
  planHash: string
  startedAt: Date
  endedAt: Date | null
  now: Date
  observations: Observations
  /** Looks of this phase so far, in order, and the verdict of the newest. */
  looks: readonly Look[]
  lastLookVerdict: Verdict | null
}

export interface Analysed {
  analysis: Analysis
  /** Information at this look; null where this analysis is no look of a group-sequential plan. */
  lookInformation: number | null
}

/** The whole reading of one phase at one time. */
export function analyse(input: AnalyseInput): Analysed {
  const { plan, observations, now, endedAt } = input
  const { firstExposureAt, lastExposureAt } = observations
  const arms = new Map(plan.metrics.map((metric) => [metric.key, armsOf(metric.key, observations.moments)]))
  const primary = plan.metrics.find((metric) => metric.role === 'primary')
  const units = (primary ? (arms.get(primary.key) ?? []) : []).reduce((sum, arm) => sum + arm.n, 0)
  const days = phaseDays({ startedAt: input.startedAt, endedAt, now, firstExposureAt, lastExposureAt })
  const information = informationFraction(plan, units, days)
  const ended = endedAt !== null || planEnded({ informationFraction: information, days, plannedDays: plan.plannedDays })
  const look = currentLook({ plan, startedAt: input.startedAt, now, ended, informationFraction: information, earlier: input.looks })

  const perDay = cumulativeUnits(plan, observations.exposed)
  const read: Omit<Analysis, 'verdict'> = {
    experiment: plan.experiment,
    phase: plan.phase,
    at: now.toISOString(),
    engineVersion: ENGINE_VERSION,
    planHash: input.planHash,
    mode: plan.mode,
    informationFraction: information,
    days,
    firstExposureAt: firstExposureAt?.toISOString() ?? null,
    lastExposureAt: lastExposureAt?.toISOString() ?? null,
    control: plan.control,
    arms: plan.arms.map(({ variant, weight }, i) => ({ arm: variant, n: perDay.at(-1)?.units[i] ?? 0, weight })),
    crossedUnits: observations.crossedUnits,
    srm: readSrm(plan, perDay.map((day) => day.units)),
    metrics: readMetrics({ plan, days, informationFraction: look.information, earlierLooks: look.earlier, arms }),
    daily: readDaily(plan, observations.entered, observations.daily),
  }
  const fresh = decideVerdict({ plan, analysis: read })
  const isLook = plan.mode === 'group_sequential' && look.kind === 'new' && (information ?? 0) > 0 && fresh.kind !== 'invalid' && !fresh.reasons.some((reason) => reason.code === 'no_estimate')
  const verdict = look.kind === 'between' && input.lastLookVerdict ? betweenLooks(input.lastLookVerdict, fresh) : fresh
  return { analysis: { ...read, verdict }, lookInformation: isLook ? information : null }
}

/** Until the next look the last one's verdict stands beside the newer estimates, unless the data themselves have turned out unsound. */
function betweenLooks(last: Verdict, fresh: Verdict): Verdict {
  return fresh.kind === 'invalid' ? fresh : { ...last, warnings: [...fresh.warnings, { code: 'between_looks' }] }
}

/** Zeros of people without an event are merged in here; first, so that a share is one exact division. */
function armsOf(metric: string, moments: readonly MetricMoments[]): ArmResult[] {
  return moments
    .filter((row) => row.metric === metric)
    .map(({ arm, counted, withEvent, mean, m2 }) => {
      if (mean === null || m2 === null) return { arm, n: counted, mean, variance: null }
      const all = mergeMoments([{ n: counted - withEvent, mean: 0, m2: 0 }, { n: withEvent, mean, m2 }])
      return { arm, n: counted, mean: counted === 0 ? null : finite(all.mean), variance: counted < 2 ? null : finite(sampleVariance(all)) }
    })
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
