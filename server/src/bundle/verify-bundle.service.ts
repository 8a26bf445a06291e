import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import { analyse } from '../analysis/analyse.ts'
import { ENGINE_VERSION } from '../analysis/engine-version.ts'
import { type ExperimentDetail, plan as planSchema, type Plan } from '../contract/experiments.ts'
import { effectivePlan } from '../experiments/effective-plan.ts'
import { analyseInput, BUNDLE_FORMAT, type EngineDocument, type LooksDocument, type ResultsDocument, statisticsDocument } from './bundle-documents.ts'
import { type Difference, differences, largestDifference } from './differences.ts'
import { observeUnits } from './observe-units.ts'
import { sha256 } from './sha256.service.ts'
import { tablesIn } from './tables.service.ts'
import { unitCells } from './unit-csv.ts'
import { unitColumns, unitKeyColumns, type UnitTables } from './unit-row.ts'

/** Why a bundle cannot be checked at all here. */
export class UncheckableBundle extends Error {}

export interface Verified {
  experiment: string
  people: number
  /** Numbers that were computed again. */
  numbers: number
  /** Everything that is not as it should be, each in a sentence; none where the bundle holds. */
  problems: string[]
}

/** Whether the files of a bundle are whole, belong together and give the numbers that they say, in every digit. Nothing but the files is needed. */
export async function verifyBundle(directory: string): Promise<Verified> {
  const engine = await json<EngineDocument>(directory, 'engine.json')
  assertCheckable(engine)
  const checksums = await brokenChecksums(directory)
  const text = await readFile(join(directory, 'plan.json'), 'utf8')
  const parsed = planSchema.safeParse(parsedOrNull(text))
  if (!parsed.success) return { experiment: engine.experiment, people: 0, numbers: 0, problems: [...checksums, 'plan.json: it is not a plan, so nothing can be computed from it.'] }
  // Read as it was analysed: extended where people planned more than was sealed.
  const plan = effectivePlan(parsed.data, await json<ExperimentDetail['deviations']>(directory, 'deviations.json'))
  const results = await json<ResultsDocument>(directory, 'results.json')
  const hash = await sha256(join(directory, 'plan.json'))
  const sealed = [['engine.json', engine.planHash], ['results.json', results.analysis.planHash]] as const
  const problems = [...checksums, ...sealed.filter(([, said]) => said !== hash).map(([name, said]) => `plan.json: it is not the plan that was sealed. Its SHA-256 is ${hash}; the plan hash in ${name} is ${said}.`)]

  const tables = tablesIn(directory, plan)
  const rows = await compareText(directory, plan, tables)
  problems.push(...rows.problems)
  const observations = await observeUnits(plan, tables, engine, new Date(engine.endedAt ?? engine.analysedAt))
  problems.push(...told('statistics.json', 'the rows give', differences(await json(directory, 'statistics.json'), statisticsDocument(observations))))
  const analysis = analyse(analyseInput(plan, engine, await json<LooksDocument>(directory, 'looks.json'), observations)).analysis
  problems.push(...told('results.json, analysis', 'the rows give', differences(results.analysis, analysis)))
  problems.push(...told('results.json, largestDifference', 'the two analyses give', differences(results.largestDifference, largestDifference(results.analysis, results.stored))))
  return { experiment: engine.experiment, people: rows.people, numbers: countNumbers(analysis), problems }
}

function assertCheckable({ format, formatVersion, engineVersion }: EngineDocument): void {
  if (format !== 'assay.bundle') throw new UncheckableBundle('engine.json does not say that this is a result bundle of Assay.')
  if (formatVersion !== BUNDLE_FORMAT) throw new UncheckableBundle(`The bundle has format ${formatVersion}; this installation reads format ${BUNDLE_FORMAT}.`)
  if (engineVersion === ENGINE_VERSION) return
  throw new UncheckableBundle(`The bundle was computed by engine ${engineVersion}; this is engine ${ENGINE_VERSION}, which may give other digits. Verify it with an installation of engine ${engineVersion}. The checksums (sha256sum -c SHA256SUMS) and check.py need none.`)
}

async function brokenChecksums(directory: string): Promise<string[]> {
  const expected = new Map((await readFile(join(directory, 'SHA256SUMS'), 'utf8')).split('\n').filter((line) => line !== '').map((line) => [line.slice(66), line.slice(0, 64)]))
  const names = (await readdir(directory)).filter((name) => name !== 'SHA256SUMS')
  const problems: string[] = [...expected.keys()].filter((name) => !names.includes(name)).map((name) => `${name}: it is missing.`)
  for (const name of names.sort()) {
    const known = expected.get(name)
    if (known === undefined) problems.push(`${name}: it is not in SHA256SUMS.`)
    else if ((await sha256(join(directory, name))) !== known) problems.push(`${name}: it was changed after the bundle was made; its checksum is another.`)
  }
  return problems
}

/** Both tables hold the same rows; those of the Parquet file are what everything is computed from. */
async function compareText(directory: string, plan: Plan, { units }: UnitTables): Promise<{ people: number; problems: string[] }> {
  const lines = pipeline(createReadStream(join(directory, 'units.csv.gz')), createGunzip(), parse({ relax_column_count: true }), () => undefined) as AsyncIterable<string[]>
  const texts = lines[Symbol.asyncIterator]()
  const header = [...unitKeyColumns, ...unitColumns(plan).map(({ name }) => name)]
  const problems: string[] = []
  const compare = (what: string, cells: readonly string[] | undefined, expected: readonly string[]) => {
    expected.forEach((cell, i) => {
      if (cells?.[i] !== cell) problems.push(`units.csv.gz: ${what}, column ${header[i]}: ${cells?.[i] ?? 'nothing'}, but units.parquet has ${cell === '' ? 'nothing' : cell}.`)
    })
  }
  compare('the header', await next(texts), header)
  let people = 0
  for await (const row of units()) {
    people++
    compare(`row ${people}, ${row.unit}`, await next(texts), unitCells(row))
  }
  if ((await next(texts)) !== undefined) problems.push(`units.csv.gz: it has more rows than units.parquet, which has ${people}.`)
  return { people, problems }
}

async function next(texts: AsyncIterator<string[]>): Promise<string[] | undefined> {
  const { done, value } = await texts.next()
  return done === true ? undefined : value
}

function told(where: string, who: string, found: readonly Difference[]): string[] {
  return found.map(({ path, found: said, expected }) => `${where}${path === '' ? '' : `, ${path}`}: ${JSON.stringify(said) ?? 'nothing'}, but ${who} ${JSON.stringify(expected) ?? 'nothing'}.`)
}

function countNumbers(value: unknown): number {
  if (typeof value === 'number') return 1
  return typeof value === 'object' && value !== null ? Object.values(value).reduce((sum: number, entry) => sum + countNumbers(entry), 0) : 0
}

async function json<T>(directory: string, name: string): Promise<T> {
  try {
    return JSON.parse(await readFile(join(directory, name), 'utf8')) as T
  } catch (error) {
    throw new UncheckableBundle(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
