import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import type express from 'express'
import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import { experimentDetail } from '../experiments/experiments.service.ts'
import { AppError } from '../http/app-error.ts'
import type { Registrar } from '../http/register.ts'
import { createExportsStore, eventColumns, exposureColumns, findPhase } from './exports.store.ts'
import { resultColumns, resultRows } from './result-rows.ts'

export function registerExportRoutes(on: Registrar, deps: Deps): void {
  const store = createExportsStore(deps.events)

  on(routes.exportResults, async ({ project, params, query, res }) => {
    const { checklist: _, sealing: _now, ...experiment } = await experimentDetail(deps, project.id, params.experiment)
    if (query.format === 'csv') return sendCsv(res, `${params.experiment}-results.csv`, resultColumns, () => Readable.from(resultRows(experiment)))
    res.attachment(`${params.experiment}-results.json`).json({ format: 'assay.results', formatVersion: 1, exportedAt: deps.now().toISOString(), project: project.key, ...experiment })
  })

  on(routes.exportExposures, async ({ project, params, res }) => {
    const phase = await startedPhase(deps, project.id, params.experiment)
    await sendCsv(res, `${params.experiment}-exposures.csv`, exposureColumns, (signal) => store.exposures(phase, signal))
  })

  on(routes.exportEvents, async ({ project, params, res }) => {
    const phase = await startedPhase(deps, project.id, params.experiment)
    await sendCsv(res, `${params.experiment}-events.csv`, eventColumns, (signal) => store.events(phase, signal))
  })
}

async function startedPhase(deps: Deps, projectId: string, experiment: string) {
  const phase = await findPhase(deps.db, projectId, experiment)
  if (!phase) throw new AppError('not_found', `There is no experiment ${experiment} that has started.`)
  return phase
}

/**
 * Rows as CSV, taken as fast as the caller reads them; `rows` is asked to end when the caller leaves. Text that a spreadsheet would take
 * for a formula gets a leading apostrophe; numbers stay numbers.
 */
async function sendCsv(res: express.Response, name: string, columns: readonly string[], rows: (signal: AbortSignal) => AsyncIterable<object>): Promise<void> {
  const left = new AbortController()
  res.once('close', () => { left.abort() })
  const iterator = rows(left.signal)[Symbol.asyncIterator]()
  // What fails before the first row is an error response; later it breaks the connection, so that nobody takes half for all.
  const first = await iterator.next()
  let failure: Error | undefined
  async function* all(): AsyncGenerator<object> {
    try {
      for (let row = first; row.done !== true; row = await iterator.next()) yield row.value
    } catch (error) {
      if (!left.signal.aborted) failure = new Error('An export broke off.', { cause: error })
      throw error
    } finally {
      await iterator.return?.()
    }
  }
  res.attachment(name).type('text/csv; charset=utf-8')
  const csv = stringify({ header: true, columns: [...columns], escape_formulas: true, quoted_match: /[\r\n]/, cast: { boolean: String } })
  try {
    await pipeline(all, csv, res)
  } catch (error) {
    if (failure) throw failure
    if (!left.signal.aborted) throw error
  }
}
