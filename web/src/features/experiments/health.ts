import type { Analysis, ExperimentDetail } from '@assay/server/contract'
import { ago, dateTimeUtc, plural } from '../../ui/format.ts'
import { balanceOf } from './balance.ts'
import { oddWords } from './odd-words.ts'

export type HealthState = 'ok' | 'look' | 'broken' | 'unknown'

export interface HealthRow {
  id: 'split' | 'one-variant' | 'bots' | 'odd' | 'coming' | 'analysed'
  state: HealthState
  label: string
  evidence: string
}

type Watched = Pick<ExperimentDetail, 'status' | 'analysis' | 'endedAt'>

/** Running experiments are analysed every few minutes: older than this, something is in the way. */
const ANALYSED_WITHIN_MS = 15 * 60_000
/** Nobody new for a whole day and night is worth a look. */
const COMING_WITHIN_MS = 24 * 3_600_000

/** Whether the data can be believed, before anybody reads what they say. Empty while nobody was analysed. */
export function healthRows({ status, analysis, endedAt }: Watched, now: Date): HealthRow[] {
  if (analysis === null) return []
  const balance = balanceOf(analysis)
  const split = { balanced: 'ok', unusual: 'look', broken: 'broken', unknown: 'unknown' } as const
  return [
    { id: 'split', state: split[balance.state], label: 'People are divided as planned', evidence: balance.words },
    { id: 'one-variant', state: has(analysis, 'multiple_exposure') ? 'broken' : has(analysis, 'crossed_units') ? 'look' : 'ok', label: 'Each met one variant only', evidence: balance.crossed },
    ...(balance.bots === null ? [] : [{ id: 'bots', state: analysis.findings?.some(({ code }) => code === 'bots_differ') ? 'look' : 'ok', label: 'Bots are alike in all variants', evidence: balance.bots } satisfies HealthRow]),
    ...oddRow(analysis),
    comingRow(analysis, status, now),
    analysedRow(analysis, status, endedAt, now),
  ]
}

/** How many things somebody should look at. */
export function concernsOf(experiment: Watched, now: Date): number {
  return healthRows(experiment, now).filter(({ state }) => state === 'look' || state === 'broken').length
}

/** What all of it says together. */
export function healthSentence(rows: readonly HealthRow[]): string {
  const broken = rows.filter(({ state }) => state === 'broken').length
  const look = rows.filter(({ state }) => state === 'look').length
  if (broken > 0) return 'Do not trust these numbers yet. Find the cause first: how people are assigned, and how exposures are recorded.'
  if (look > 0) return `${plural(look, 'thing')} to look at before you believe the numbers. ${look === 1 ? 'It does' : 'They do'} not block the verdict.`
  return rows.some(({ state }) => state === 'unknown') ? 'Nothing is wrong so far, and not everything can be told yet.' : 'Nothing stands against these numbers.'
}

function has({ verdict }: Analysis, code: string): boolean {
  return [...verdict.reasons, ...verdict.warnings].some((finding) => finding.code === code)
}

function oddRow(analysis: Analysis): HealthRow[] {
  if (analysis.findings === undefined) return []
  const odd = analysis.findings.filter((finding) => !oddWords(finding, analysis).unknown).length
  return [{ id: 'odd', state: odd === 0 ? 'ok' : 'look', label: 'Values look as they should', evidence: odd === 0 ? 'Sizes, spreads, caps and the time before exposure are nothing out of the ordinary.' : `${plural(odd, 'thing')} out of the ordinary.` }]
}

function comingRow({ lastExposureAt }: Analysis, status: ExperimentDetail['status'], now: Date): HealthRow {
  const label = status === 'running' ? 'People keep coming' : 'People came'
  if (lastExposureAt === null) return { id: 'coming', state: 'unknown', label, evidence: 'Nobody has met a variant yet.' }
  const quiet = status === 'running' && now.getTime() - Date.parse(lastExposureAt) > COMING_WITHIN_MS
  return { id: 'coming', state: quiet ? 'look' : 'ok', label, evidence: `The last one met a variant ${ago(lastExposureAt, now)}.${quiet ? ' Is the service still asking for the flag, and sending exposures?' : ''}` }
}

function analysedRow({ at }: Analysis, status: ExperimentDetail['status'], endedAt: string | null, now: Date): HealthRow {
  const late = status === 'running' && now.getTime() - Date.parse(at) > ANALYSED_WITHIN_MS
  const since = status === 'running' || endedAt === null ? '' : `, and ended on ${dateTimeUtc(endedAt)}`
  return { id: 'analysed', state: late ? 'look' : 'ok', label: 'The numbers are fresh', evidence: `Analysed ${ago(at, now)}${since}.${late ? ' They are computed every few minutes: look at the log of the server.' : ''}` }
}
