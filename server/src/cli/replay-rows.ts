import type { ReplaySpec } from './replay-spec.ts'

/** One recorded unit: the exposure, and the events that its metrics count. */
export interface ReplayRow {
  unit: string
  arm: string
  at: Date
  events: { name: string; value?: number }[]
}

/** Exposures of a recording without times. */
const FIXED_INSTANT = new Date('2020-01-01T00:00:00.000Z')
const TRUTHY = /^(1|true)$/i

/** A reader of rows in file order: the row's unit, or null where `replay.json` drops it. Remembers units only for `firstPerUnit`. */
export function rowReader(spec: ReplaySpec): (row: Record<string, string>, index: number) => ReplayRow | null {
  const seen = new Set<string>()
  return (row, index) => {
    if (spec.keep && !spec.keep.some((all) => all.every(({ column, is }) => cell(row, column, index) === is))) return null
    const unit = spec.unit === '$row' ? String(index + 1) : cell(row, spec.unit, index)
    if (spec.firstPerUnit === true) {
      if (seen.has(unit)) return null
      seen.add(unit)
    }
    const arm = cell(row, spec.arm, index)
    if (!(arm in spec.weights)) throw new Error(`Row ${index + 1}: ${spec.arm} is ${arm}, which has no weight in replay.json.`)
    return { unit, arm, at: spec.at === undefined ? FIXED_INSTANT : instant(cell(row, spec.at, index), index), events: spec.metrics.flatMap((metric) => eventsOf(metric, cell(row, metric.column, index), index)) }
  }
}

function eventsOf(metric: ReplaySpec['metrics'][number], value: string, index: number): ReplayRow['events'] {
  if (metric.type === 'conversion') return TRUTHY.test(value) ? [{ name: metric.key }] : []
  const number = Number(value)
  if (value.trim() === '' || !Number.isFinite(number)) throw new Error(`Row ${index + 1}: ${metric.column} is "${value}", not a number.`)
  return [{ name: metric.key, value: number }]
}

function cell(row: Record<string, string>, column: string, index: number): string {
  const value = row[column]
  if (value === undefined) throw new Error(`Row ${index + 1} has no column ${column}.`)
  return value
}

/** Times without a zone are UTC. */
function instant(text: string, index: number): Date {
  const iso = text.trim().replace(' ', 'T')
  const at = new Date(/(Z|[+-]\d{2}:?\d{2})$/.test(iso) ? iso : `${iso}Z`)
  if (Number.isNaN(at.getTime())) throw new Error(`Row ${index + 1}: "${text}" is not a time.`)
  return at
}
