import { ingestItem, type ExposureItem, type IngestItem, type IngestResult } from '../contract/sdk-wire.ts'
import { isStorable, shapeProblem } from './item-shape.ts'
import { noRows, type StoredRows } from './stored-rows.ts'

export const MAX_ITEMS = 1000
/** Characters of one item as JSON. */
export const MAX_ITEM_LENGTH = 32_000
/** How far `at` may lie ahead of the server's clock: the SDK corrects its clock before it stamps an item. */
export const MAX_AHEAD_MS = 10 * 60_000
/** How old an item may be that is not sent as history: a client that was offline sends what it kept. */
export const MAX_AGE_MS = 31 * 24 * 3_600_000
const MAX_UNITS = 20

/** A started experiment, as far as its exposures must fit it. */
export interface KnownExperiment {
  assignment: 'internal' | 'external'
  phase: number
  unitType: string
  /** Arms of that phase, and of the phases before it, whose last exposures may still be on their way. */
  variants: readonly string[]
  earlier?: ReadonlyMap<number, readonly string[]>
  startedAt: Date
}

export interface BatchScope {
  projectId: string
  environmentId: string
  keyKind: 'server' | 'client'
  backfill: boolean
  now: Date
  /** Microseconds since 1970; every call returns a greater one. */
  nextReceivedAt: () => number
}

export type Rejection = IngestResult['rejected'][number]

/** Names of the experiments that a batch claims exposures of; nothing is checked yet. */
export function experimentsNamed(items: readonly unknown[]): Map<string, number> {
  const named = new Map<string, number>()
  for (const item of items) {
    if (typeof item !== 'object' || item === null) continue
    const { kind, experiment, phase } = item as { kind?: unknown; experiment?: unknown; phase?: unknown }
    if (kind === 'exposure' && typeof experiment === 'string' && experiment.length <= 200 && isStorable(experiment)) named.set(experiment, Math.max(named.get(experiment) ?? 0, typeof phase === 'number' ? phase : 0))
  }
  return named
}

/** Checks every item on its own: the good become rows, the bad are reported by index. Never throws, whatever the items are. */
export function acceptBatch(items: readonly unknown[], scope: BatchScope, experiments: ReadonlyMap<string, KnownExperiment>): { rows: StoredRows; rejected: Rejection[] } {
  const rows = noRows()
  const rejected: Rejection[] = []
  items.forEach((raw, index) => {
    const item = parseItem(raw)
    const problem = 'code' in item ? item : (clockProblem(item, scope) ?? (item.kind === 'exposure' ? exposureProblem(item, scope, experiments.get(item.experiment)) : null))
    if (problem !== null) rejected.push({ index, code: problem.code, message: problem.message })
    else addRow(rows, item as IngestItem, scope)
  })
  return { rows, rejected }
}

interface Problem {
  code: string
  message: string
}

function parseItem(raw: unknown): IngestItem | Problem {
  const problem = shapeProblem(raw)
  if (problem !== null) return { code: 'invalid_item', message: problem }
  try {
    const length = JSON.stringify(raw)?.length ?? 0
    if (length > MAX_ITEM_LENGTH) return { code: 'too_large', message: `The item has ${length} characters as JSON; ${MAX_ITEM_LENGTH} are allowed.` }
    const parsed = ingestItem.safeParse(raw)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      const path = issue?.path.join('.') ?? ''
      return { code: 'invalid_item', message: `${path === '' ? '' : `${path}: `}${issue?.message ?? 'not an item'}` }
    }
    if ('units' in parsed.data && Object.keys(parsed.data.units).length > MAX_UNITS) return { code: 'invalid_item', message: `units: at most ${MAX_UNITS} unit types.` }
    if (parsed.data.kind === 'context' && Object.keys(parsed.data.units).length === 0) return { code: 'invalid_item', message: 'units: name at least one unit.' }
    return parsed.data
  } catch {
    return { code: 'invalid_item', message: 'The item cannot be read as JSON.' }
  }
}

function clockProblem(item: IngestItem, scope: BatchScope): Problem | null {
  const at = Date.parse(item.at)
  const now = scope.now.getTime()
  if (Number.isNaN(at)) return { code: 'invalid_item', message: 'at: not a time.' }
  if (at > now + MAX_AHEAD_MS) return { code: 'at_in_future', message: `at: ${item.at} lies ahead of the server's clock (${scope.now.toISOString()}).` }
  if (at < 0) return { code: 'at_too_old', message: 'at: times before 1970 cannot be stored.' }
  if (!scope.backfill && at < now - MAX_AGE_MS) return { code: 'at_too_old', message: `at: ${item.at} is more than 31 days old. History is sent with a server key and "backfill": true.` }
  return null
}

function exposureProblem(item: ExposureItem, scope: BatchScope, known: KnownExperiment | undefined): Problem | null {
  if (!known) return { code: 'unknown_experiment', message: `experiment: no experiment ${item.experiment} has started in this environment.` }
  if (known.assignment === 'external' && scope.keyKind !== 'server') return { code: 'wrong_key_kind', message: `experiment: the exposures of ${item.experiment} are recorded by a service: send them with a server key.` }
  if (item.phase > known.phase) return { code: 'unknown_phase', message: `phase: ${item.experiment} is in phase ${known.phase}.` }
  if (item.unitType !== known.unitType) return { code: 'wrong_unit_type', message: `unitType: ${item.experiment} assigns by ${known.unitType}.` }
  const arms = known.earlier?.get(item.phase) ?? known.variants
  if (!arms.includes(item.variant)) return { code: 'unknown_variant', message: `variant: ${item.experiment} has the arms ${arms.join(', ')}.` }
  if (!scope.backfill && Date.parse(item.at) < known.startedAt.getTime() - MAX_AHEAD_MS) return { code: 'before_start', message: `at: ${item.experiment} started at ${known.startedAt.toISOString()}.` }
  return null
}

function addRow(rows: StoredRows, item: IngestItem, { projectId, environmentId, keyKind, nextReceivedAt }: BatchScope): void {
  const common = {
    project: projectId,
    environment: environmentId,
    at: storedInstant(new Date(item.at)),
    id: item.id.toLowerCase(),
    source: keyKind,
    receivedAt: storedMicroseconds(nextReceivedAt()),
  }
  switch (item.kind) {
    case 'exposure': {
      const { experiment, phase, unitType, unit, variant, attributes } = item
      rows.exposure.push({ ...common, experiment, phase, unitType, unit, variant, attributes: JSON.stringify(attributes ?? {}) })
      return
    }
    case 'event':
      rows.event.push({ ...common, name: item.name, units: item.units, value: item.value ?? null, properties: JSON.stringify(item.properties ?? {}) })
      return
    case 'link':
      rows.link.push({ ...common, anonymousId: item.anonymousId, userId: item.userId })
      return
    case 'evaluations':
      rows.evaluation_count.push({ ...common, flag: item.flag, variant: item.variant, count: item.count })
      return
    case 'context': {
      const { units } = item
      const attributes = JSON.stringify(item.attributes)
      rows.context.push(...Object.entries(units).map(([unitType, unit]) => ({ ...common, unitType, unit, units, attributes })))
    }
  }
}

/** `YYYY-MM-DD hh:mm:ss.sss` in UTC, the text form of a DateTime64(3). */
export function storedInstant(at: Date): string {
  return at.toISOString().slice(0, 23).replace('T', ' ')
}

function storedMicroseconds(microseconds: number): string {
  const milliseconds = Math.floor(microseconds / 1000)
  return `${storedInstant(new Date(milliseconds))}${String(microseconds - milliseconds * 1000).padStart(3, '0')}`
}
