/** What is inserted, by table, in the columns' own text forms. */
export interface ExposureRow {
  project: string
  environment: string
  experiment: string
  phase: number
  unitType: string
  unit: string
  variant: string
  at: string
  id: string
  source: string
  attributes: string
  receivedAt: string
}

export interface EventRow {
  project: string
  environment: string
  name: string
  units: Record<string, string>
  value: number | null
  at: string
  id: string
  source: string
  receivedAt: string
  properties: string
}

export interface LinkRow {
  project: string
  environment: string
  anonymousId: string
  userId: string
  at: string
  id: string
  source: string
  receivedAt: string
}

export interface EvaluationCountRow {
  project: string
  environment: string
  flag: string
  variant: string
  count: number
  at: string
  id: string
  source: string
  receivedAt: string
}

/** One per unit of a context item: the unit with the others of its context. */
export interface ContextRow {
  project: string
  environment: string
  unitType: string
  unit: string
  units: Record<string, string>
  at: string
  id: string
  source: string
  attributes: string
  receivedAt: string
}

export interface StoredRows {
  exposure: ExposureRow[]
  event: EventRow[]
  link: LinkRow[]
  evaluation_count: EvaluationCountRow[]
  context: ContextRow[]
}

export const eventTables = ['exposure', 'event', 'link', 'evaluation_count', 'context'] as const satisfies readonly (keyof StoredRows)[]

export function noRows(): StoredRows {
  return { exposure: [], event: [], link: [], evaluation_count: [], context: [] }
}

export function countRows(rows: StoredRows): number {
  return eventTables.reduce((total, table) => total + rows[table].length, 0)
}

/** All rows of several batches, in order. */
export function joinRows(batches: readonly StoredRows[]): StoredRows {
  return {
    exposure: batches.flatMap((rows) => rows.exposure),
    event: batches.flatMap((rows) => rows.event),
    link: batches.flatMap((rows) => rows.link),
    evaluation_count: batches.flatMap((rows) => rows.evaluation_count),
    context: batches.flatMap((rows) => rows.context),
  }
}

/** Two halves, table by table; the second is empty where there is one row only. */
export function splitRows(rows: StoredRows): [StoredRows, StoredRows] {
  const total = countRows(rows)
  const half = Math.ceil(total / 2)
  const first = noRows()
  const second = noRows()
  let taken = 0
  for (const table of eventTables) {
    for (const row of rows[table]) {
      const into: unknown[] = taken < half ? first[table] : second[table]
      into.push(row)
      taken += 1
    }
  }
  return [first, second]
}
