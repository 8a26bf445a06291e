import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { Sample } from '../server/src/stats/index.ts'

const folder = fileURLToPath(new URL('../../shared/data/', import.meta.url))

/** Public experiments with reference results lie beside the repository, or not. */
export const recordedDataPresent = existsSync(folder)

/** The reference results of a data set. */
export function recordedResults<T>(name: string): T {
  return JSON.parse(readFileSync(`${folder}${name}/results.json`, 'utf8')) as T
}

export function recordedFile(path: string): string {
  const bytes = readFileSync(folder + path)
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}

/** Rows of a CSV file whose cells hold no commas but in quotes. */
export function recordedRows(path: string): Record<string, string>[] {
  const [header, ...rows] = recordedFile(path).trim().split('\n').map((line) => (line.match(/("[^"]*"|[^,]*)(?:,|$)/g) ?? []).map((cell) => cell.replace(/,$/, '').replace(/^"|"$/g, '').trim()))
  return rows.map((cells) => Object.fromEntries((header ?? []).map((name, i) => [name, cells[i] ?? ''])))
}

export interface SeriesLook {
  time: number
  control: Sample
  treatment: Sample
}

/** The ASOS experiments by "experiment variant metric", each look cumulative, in order of time. */
export function asosSeries(): Map<string, SeriesLook[]> {
  const series = new Map<string, SeriesLook[]>()
  for (const row of recordedRows('asos/asos_digital_experiments_dataset.csv.gz')) {
    const arm = (letter: string): Sample => ({ n: Number(row[`count_${letter}`]), mean: Number(row[`mean_${letter}`]), variance: Number(row[`variance_${letter}`]) })
    const key = `${row['experiment_id']} ${row['variant_id']} ${row['metric_id']}`
    const look = { time: Number(row['time_since_start']), control: arm('c'), treatment: arm('t') }
    const known = series.get(key)
    if (known) known.push(look)
    else series.set(key, [look])
  }
  for (const looks of series.values()) looks.sort((x, y) => x.time - y.time)
  return series
}
