import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

type Numbers = Record<string, number>

interface Replayed {
  name: string
  dropped: number
  arms: Record<string, { n: number }>
  srm: { chi2: number; p: number }
  metrics: Record<string, { arms: Record<string, Numbers>; comparisons: (Numbers & { arm: string; decidedBy?: Numbers & { method: string } })[] }>
  verdict: { kind: string; reasons: { code: string; arm?: string }[]; warnings: { code: string }[]; sentence: string }
}

interface Reference {
  srm: { chi2?: number; p?: number }
  analyses: { metric: string; arms: Record<string, Numbers>; test: Numbers & { liftFieller?: [number, number]; welch?: Numbers & { liftFieller: [number, number] }; newcombe?: [number, number]; pPooled?: number } }[]
}

const TIMEOUT_MS = 600_000
const program = fileURLToPath(new URL('../../dist/cli/replay.js', import.meta.url))
const recordings = fileURLToPath(new URL('../../../../shared/data/', import.meta.url))

/** The built program, as `npm run replay -- FOLDER` runs it; the last line is the result. */
async function replay(folder: string): Promise<Replayed> {
  if (!existsSync(program)) throw new Error('This test runs the built program: npm run build first.')
  const { stdout } = await promisify(execFile)(process.execPath, [program, folder], { maxBuffer: 10_000_000, env: { PATH: process.env['PATH'], HOME: process.env['HOME'] } })
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Replayed
}

function close(found: unknown, expected: number | undefined, what: string): void {
  if (typeof found !== 'number' || expected === undefined) throw new Error(`${what}: ${String(found)} beside ${String(expected)}`)
  expect(Math.abs(found - expected), `${what}: ${found} beside ${expected}`).toBeLessThanOrEqual(1e-8 * Math.abs(expected))
}

const folders: Record<string, { dropped: number; verdict: string; reason: string; warnings: string[]; metrics: Record<string, string> }> = {
  cookie_cats: { dropped: 0, verdict: 'harmful', reason: 'primary_worse', warnings: ['srm_warning'], metrics: { retention_7: 'retention_7', retention_1: 'retention_1', game_rounds: 'sum_gamerounds' } },
  udacity_landing: { dropped: 3894, verdict: 'rejected', reason: 'mde_ruled_out', warnings: [], metrics: { converted: 'converted' } },
  marketing_ab: { dropped: 0, verdict: 'confirmed', reason: 'primary_improved', warnings: ['sparse'], metrics: { converted: 'converted (2% sample file)', ads: 'total_ads (sample)' } },
}

for (const [name, expected] of Object.entries(folders)) {
  const folder = join(recordings, name)
  test.skipIf(!existsSync(folder))(`${name} comes out as its independent analysis, to eight digits (skipped where ../shared is absent)`, { timeout: TIMEOUT_MS }, async () => {
    const reference = JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as Reference
    const result = await replay(folder)
    expect(result.dropped).toBe(expected.dropped)
    for (const [metric, analysed] of Object.entries(expected.metrics)) {
      const known = reference.analyses.find((analysis) => analysis.metric === analysed)
      const found = result.metrics[metric]
      const [comparison] = found?.comparisons ?? []
      if (!known || !found || !comparison) throw new Error(`${metric} is missing`)
      for (const [arm, { n, mean, successes, variance }] of Object.entries(known.arms)) {
        expect(result.arms[arm]?.n).toBe(n)
        expect(found.arms[arm]?.['n']).toBe(n)
        close(found.arms[arm]?.['mean'], mean ?? (successes ?? NaN) / (n ?? NaN), `${metric} ${arm} mean`)
        if (variance !== undefined) close(found.arms[arm]?.['variance'], variance, `${metric} ${arm} variance`)
      }
      const welch = known.test.welch ?? known.test
      for (const number of ['diff', 'se', 't', 'df', 'p', 'ciLower', 'ciUpper', 'lift']) close(comparison[number], welch[number], `${metric} ${number}`)
      close(comparison['liftLower'], welch.liftFieller?.[0], `${metric} liftLower`)
      close(comparison['liftUpper'], welch.liftFieller?.[1], `${metric} liftUpper`)
      if (!comparison.decidedBy) continue
      close(comparison.decidedBy['p'], known.test.pPooled, `${metric} decided by p`)
      close(comparison.decidedBy['ciLower'], known.test.newcombe?.[0], `${metric} decided by ciLower`)
      close(comparison.decidedBy['ciUpper'], known.test.newcombe?.[1], `${metric} decided by ciUpper`)
    }
    if (reference.srm.chi2 !== undefined) {
      close(result.srm.chi2, reference.srm.chi2, 'srm chi2')
      close(result.srm.p, reference.srm.p, 'srm p')
    }
    expect(result.verdict.kind).toBe(expected.verdict)
    expect(result.verdict.reasons[0]?.code).toBe(expected.reason)
    expect(result.verdict.warnings.map((warning) => warning.code)).toEqual(expected.warnings)
    expect(result.verdict.sentence).toMatch(new RegExp(`^${expected.verdict}: .{40,}\\.$`, 'i'))
  })
}

test('a recording with three arms, times, dropped rows and names that are no keys comes out as well', { timeout: TIMEOUT_MS }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-recording-'))
  const arms = ['Größe 1', 'Größe 2', '=three']
  const people = arms.flatMap((arm, index) => Array.from({ length: 300 }, (_, i) => ({ unit: `${index}-${i}`, arm, bought: i % 10 < 3 + index * 2, spent: ((i * 7 + index) % 50) / 4 })))
  const lines = people.map(({ unit, arm, bought, spent }, i) => `${unit},2024-02-${String(1 + (i % 20)).padStart(2, '0')} 10:00:00,"${arm}",${bought ? 'TRUE' : 'false'},${spent},yes`)
  writeFileSync(join(folder, 'rows.csv'), ['id,time,group,bought,spent,shown', ...lines, '0-0,2024-02-03 11:00:00,"Größe 1",TRUE,1000,yes', 'x,2024-02-03 11:00:00,"Größe 1",TRUE,1000,no', ''].join('\n'))
  writeFileSync(join(folder, 'replay.json'), JSON.stringify({
    name: 'Three sizes', file: 'rows.csv', unit: 'id', arm: 'group', control: 'Größe 1', weights: { 'Größe 1': 1, 'Größe 2': 1, '=three': 1 }, at: 'time', keep: [[{ column: 'shown', is: 'yes' }]], firstPerUnit: true,
    hypothesis: { change: 'a larger button', cohort: 'everybody', because: 'it is seen', primary: 'bought', direction: 'increase', minimumEffect: 0.1, guardrails: [], mode: 'fixed' },
    metrics: [{ key: 'bought', type: 'conversion', column: 'bought' }, { key: 'spent', type: 'mean', column: 'spent' }],
  }))
  const result = await replay(folder)
  rmSync(folder, { recursive: true, force: true })
  expect({ name: result.name, dropped: result.dropped, arms: result.arms, srm: result.srm }).toEqual({ name: 'Three sizes', dropped: 2, arms: { 'Größe 1': { n: 300 }, 'Größe 2': { n: 300 }, '=three': { n: 300 } }, srm: { chi2: 0, p: 1 } })
  for (const arm of arms) {
    const values = people.filter((person) => person.arm === arm).map((person) => person.spent)
    const mean = values.reduce((sum, value) => sum + value, 0) / 300
    close(result.metrics['spent']?.arms[arm]?.['mean'], mean, `${arm} mean`)
    close(result.metrics['spent']?.arms[arm]?.['variance'], values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 299, `${arm} variance`)
  }
  const comparisons = result.metrics['bought']?.comparisons ?? []
  expect(comparisons.map(({ arm, diff, decidedBy }) => [arm, diff, decidedBy?.method])).toEqual([['Größe 2', expect.closeTo(0.2, 12), 'welch_holm'], ['=three', expect.closeTo(0.4, 12), 'welch_holm']])
  expect(result.verdict.kind).toBe('confirmed')
  expect(result.verdict.reasons.map((reason) => reason.arm)).toEqual(expect.arrayContaining(['Größe 2', '=three']))
})
