import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type express from 'express'
import type { ExportFormat, ExportResource } from '../contract/exports.ts'
import type { Deps } from '../deps.ts'
import { commitChange } from '../rulesets/commit-change.service.ts'
import type { Cells, Table } from './columns.ts'
import { fileFormats, headOf } from './formats.ts'
import { type Exporter, exportTables } from './tables.service.ts'

export interface Download {
  /** `flags`, for the record. */
  what: string
  format: ExportFormat
  filters: Readonly<Record<string, string>>
  /** Without its extension. */
  fileName: string
  open(signal: AbortSignal): Table
}

/** Sends one of the tables that can be exported. */
export async function downloadTable(deps: Deps, exporter: Exporter, resource: ExportResource, { format, ...filters }: { format: ExportFormat } & Readonly<Record<string, string>>, fileName: string, res: express.Response): Promise<void> {
  await download(deps, exporter, { what: resource, format, filters, fileName, open: (signal) => exportTables[resource].open({ deps, ...exporter, signal }, filters) }, res)
}

/**
 * Sends a table as a file, taken as fast as the caller reads it; what is being read ends when the caller leaves. It is on
 * record before the first byte is: who took what, by which filters, and how many rows where that is known by then.
 */
export async function download(deps: Deps, exporter: Exporter, { what, format, filters, fileName, open }: Download, res: express.Response): Promise<void> {
  const left = new AbortController()
  res.once('close', () => { left.abort() })
  const { columns, pages } = open(left.signal)
  // What fails before the first rows is an error response; later it breaks the connection, so that nobody takes half for all.
  const started = await readAhead(pages)
  await recordDownload(deps, exporter, { what, format, filters, rows: started.rows })
  let failure: Error | undefined
  async function* all(): AsyncGenerator<readonly Cells[]> {
    try {
      yield* started.pages
    } catch (error) {
      if (!left.signal.aborted) failure = new Error('An export broke off.', { cause: error })
      throw error
    }
  }
  const { extension, mediaType, write } = fileFormats[format]
  res.attachment(`${fileName}.${extension}`).type(mediaType)
  const head = headOf(what, exporter, filters, deps.now())
  try {
    await pipeline(Readable.from(write({ columns, pages: all() }, head), { objectMode: true, highWaterMark: 1 }), res)
  } catch (error) {
    if (failure) throw failure
    if (!left.signal.aborted) throw error
  }
}

/** Takes two pages, which tells whether there are more, and goes on with them. `rows` is null while there are. */
async function readAhead(pages: Table['pages']): Promise<{ rows: number | null; pages: AsyncGenerator<readonly Cells[]> }> {
  const iterator = pages[Symbol.asyncIterator]()
  const ahead = [await iterator.next()]
  if (ahead[0]?.done !== true) ahead.push(await iterator.next())
  async function* all(): AsyncGenerator<readonly Cells[]> {
    try {
      for (let page = ahead.shift() ?? await iterator.next(); page.done !== true; page = ahead.shift() ?? await iterator.next()) yield page.value
    } finally {
      await iterator.return?.()
    }
  }
  const rows = ahead.at(-1)?.done === true ? ahead.reduce((sum, page) => sum + (page.done === true ? 0 : page.value.length), 0) : null
  return { rows, pages: all() }
}

/** Puts on record that somebody took data away. */
export async function recordDownload(deps: Deps, { project, actor }: Exporter, { what, ...details }: Pick<Download, 'what' | 'format' | 'filters'> & { rows: number | null }): Promise<void> {
  await commitChange(deps, project.id, async () => ({
    result: undefined,
    audit: [{ at: deps.now(), actor, action: 'export.downloaded', entityKind: 'export', entityKey: what, after: details }],
    environments: [],
  }))
}
