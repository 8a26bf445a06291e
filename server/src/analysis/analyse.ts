import type { Analysis, Verdict } from '../contract/analysis.ts'
import type { Plan } from '../contract/experiments.ts'
import { planEnded } from './arm-verdict.ts'
import { ENGINE_VERSION } from './engine-version.ts'
import { informationFraction } from './information-fraction.ts'
import { currentLook, type Look } from './looks.ts'
import type { Observations } from './observations.ts'
import { phaseDays } from './phase-days.ts'
import { arrivals, cumulativeUnits, readDaily } from './read-daily.ts'
import { readBots } from './read-bots.ts'
import { readFindings } from './read-findings.ts'
import { readMetrics, type MetricsInput } from './read-metrics.ts'
import { readPower } from './read-power.ts'
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
  const primary = plan.metrics.find((metric) => metric.role === 'primary')
  const units = (observations.metrics.find(({ metric }) => metric === primary?.key)?.arms ?? []).reduce((sum, arm) => sum + arm.n, 0)
  const days = phaseDays({ startedAt: input.startedAt, endedAt, now, firstExposureAt, lastExposureAt })
  const information = informationFraction(plan, units, days)
  const ended = endedAt !== null || planEnded({ informationFraction: information, days, plannedDays: plan.plannedDays })
  const look = currentLook({ plan, startedAt: input.startedAt, now, ended, informationFraction: information, earlier: input.looks })

  const perDay = cumulativeUnits(plan, observations.exposed)
  const bots = observations.bots && readBots(observations.bots, perDay.at(-1)?.units ?? plan.arms.map(() => 0))
  const measured = byMetric(observations)
  const metrics = readMetrics({ plan, days, informationFraction: look.information, earlierLooks: look.earlier, ...measured })
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
    metrics,
    daily: readDaily(plan, observations.entered, observations.daily),
    arrivals: arrivals(plan, perDay),
    findings: readFindings({ plan, metrics, covariates: measured.covariates, ...(bots ? { bots } : {}), ...(observations.byAge ? { byAge: observations.byAge } : {}) }),
    ...(bots ? { bots } : {}),
    power: readPower(plan, metrics),
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

function byMetric({ metrics }: Observations): Required<Pick<MetricsInput, 'arms' | 'covariates' | 'steps'>> {
  return {
    arms: new Map(metrics.map(({ metric, arms }) => [metric, arms])),
    covariates: new Map(metrics.flatMap(({ metric, covariates }) => (covariates ? [[metric, covariates] as const] : []))),
    steps: new Map(metrics.flatMap(({ metric, steps }) => (steps ? [[metric, steps] as const] : []))),
  }
}
