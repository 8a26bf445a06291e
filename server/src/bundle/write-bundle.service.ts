import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { analyse } from '../analysis/analyse.ts'
import { analyseExperiment } from '../analysis/analysis.service.ts'
import { ENGINE_VERSION } from '../analysis/engine-version.ts'
import { createSnapshotsStore } from '../analysis/snapshots.store.ts'
import type { ExperimentDetail } from '../contract/experiments.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../http/app-error.ts'
import { experimentDetail } from '../experiments/experiments.service.ts'
import { createExperimentsStore } from '../experiments/experiments.store.ts'
import { analyseInput, BUNDLE_FORMAT, type EngineDocument, type LooksDocument, type ResultsDocument, statisticsDocument } from './bundle-documents.ts'
import { bundleReadme } from './bundle-readme.ts'
import { type BundledPhase, findSealed, looksBefore, withUnitTables } from './bundle.store.ts'
import { CHECK_SCRIPT } from './check-script.ts'
import { largestDifference } from './differences.ts'
import { observeUnits } from './observe-units.ts'
import { sha256 } from './sha256.service.ts'
import { tablesIn, writeEventTables, writeUnits } from './tables.service.ts'
import { csvLine, unitCells } from './unit-csv.ts'
import { unitColumns, unitKeyColumns, type UnitRow } from './unit-row.ts'

interface BundleOf {
  projectId: string
  project: string
  experiment: string
  /** An empty folder. */
  directory: string
  signal: AbortSignal
}

/**
 * Writes everything that an experiment's numbers rest on, and the numbers, as files. They are computed from the very rows that are written, not
 * from sums of the event store, so that whoever has the files gets the same digits.
 */
export async function writeBundle(deps: Deps, { projectId, project, experiment, directory, signal }: BundleOf): Promise<void> {
  const sealed = await findSealed(deps.db, projectId, experiment)
  const started = sealed && (await createSnapshotsStore(deps.db).experiment(sealed.id))
  if (!sealed || !started) throw new AppError('not_found', `There is no experiment ${experiment} that has started.`)
  const { plan, planHash, phase } = started
  // Without what other experiments found: that changes as they finish, and is in no row.
  const stored = (await createExperimentsStore(deps.db).find(projectId, experiment))?.analysis ?? (await analyseExperiment(deps, started.id))
  const detail = await experimentDetail(deps, projectId, experiment)
  const analysedAt = new Date(stored.at)
  const endedAt = started.endedAt !== null && started.endedAt <= analysedAt ? started.endedAt : null
  const bundled: BundledPhase = { ...started, until: endedAt ?? analysedAt }
  const { looks, lastVerdict } = await looksBefore(deps.db, started.id, phase, analysedAt)

  const facts = await withUnitTables(deps.events, bundled, signal, async (tables, found) => {
    await writeUnitTables(directory, plan, tables.units())
    await writeEventTables(directory, tables)
    return found
  })

  const engine: EngineDocument = {
    format: 'assay.bundle', formatVersion: BUNDLE_FORMAT, engineVersion: ENGINE_VERSION, project, experiment, phase, planHash,
    startedAt: started.startedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null, analysedAt: stored.at, ...facts,
  }
  const looksDocument: LooksDocument = { looks: looks.map(({ at, information }) => ({ at: at.toISOString(), information })), lastVerdict }
  const observations = await observeUnits(plan, tablesIn(directory, plan), engine, bundled.until)
  const analysis = analyse(analyseInput(plan, engine, looksDocument, observations)).analysis
  const results: ResultsDocument = { analysis, stored, largestDifference: largestDifference(analysis, stored) }
  const documents = { deviations: detail.deviations, phases: phasesOf(detail), looks: looksDocument, statistics: statisticsDocument(observations), results, engine }
  await writeFile(join(directory, 'plan.json'), sealed.plan)
  for (const [name, document] of Object.entries(documents)) await writeFile(join(directory, `${name}.json`), `${JSON.stringify(document, null, 2)}\n`)
  await writeFile(join(directory, 'README.md'), bundleReadme(engine, detail.title, analysis.verdict.sentence))
  await writeFile(join(directory, 'check.py'), CHECK_SCRIPT)
  await writeChecksums(directory)
}

function phasesOf({ phases, phase, startedAt, endedAt, planHash, arms, coverage }: ExperimentDetail) {
  return phases ?? [{ phase, startedAt, endedAt, planHash, arms, coverage }]
}

/** The same rows twice: as Parquet for warehouses, and as text for whoever has nothing but NumPy. */
async function writeUnitTables(directory: string, plan: BundledPhase['plan'], rows: AsyncIterable<UnitRow>): Promise<void> {
  const csv = createGzip()
  const written = pipeline(csv, createWriteStream(join(directory, 'units.csv.gz')))
  const put = async (cells: readonly string[]) => {
    if (!csv.write(csvLine(cells))) await once(csv, 'drain')
  }
  await put([...unitKeyColumns, ...unitColumns(plan).map(({ name }) => name)])
  async function* both(): AsyncGenerator<UnitRow> {
    for await (const row of rows) {
      await put(unitCells(row))
      yield row
    }
  }
  try {
    await writeUnits(join(directory, 'units.parquet'), plan, both())
  } finally {
    csv.end()
    await written
  }
}

/** In the form of `sha256sum`, which can check it. */
async function writeChecksums(directory: string): Promise<void> {
  const names = (await readdir(directory)).sort()
  const lines: string[] = []
  for (const name of names) lines.push(`${await sha256(join(directory, name))}  ${name}\n`)
  await writeFile(join(directory, 'SHA256SUMS'), lines.join(''))
}
