import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** One planted violation per rule of .dependency-cruiser.cjs: the file, and the line it must not contain. */
const planted: [rule: string, file: string, line: string][] = [
  ['no-cycles', 'server/src/flags/cycle-a.ts', "import './cycle-b.ts'"],
  ['sdk-is-a-leaf', 'sdk/src/client/leaf.ts', "import '../../../server/src/http/clean.ts'"],
  ['sdk-has-no-dependencies', 'sdk/src/client/dependency.ts', "import 'zod'"],
  ['sdk-adapters-import-their-host', 'sdk/src/openfeature/dependency.ts', "import 'zod'"],
  ['core-is-pure', 'sdk/src/core/impure.ts', "import '../client/clean.ts'"],
  ['stats-is-mathematics', 'server/src/stats/impure.ts', "import '../http/clean.ts'"],
  ['contract-is-shared', 'server/src/contract/unshared.ts', "import '../http/clean.ts'"],
  ['web-sees-the-contract-only', 'web/src/app/too-far.ts', "import '../../../server/src/http/clean.ts'"],
  ['web-features-apart', 'web/src/features/flags/neighbour.ts', "import '../cohorts/clean.ts'"],
  ['stores-hold-the-databases', 'server/src/flags/query.service.ts', "import '@prisma/client'"],
  ['no-suffix-is-pure', 'server/src/flags/not-pure.ts', "import './flags.store.ts'"],
  ['main-only-assembles', 'server/src/http/assembles.ts', "import '../main.ts'"],
]
const clean: [file: string, text: string][] = [
  ['server/src/flags/cycle-b.ts', "import './cycle-a.ts'"],
  ['server/src/flags/flags.store.ts', 'export {}'],
  ['server/src/http/clean.ts', 'export {}'],
  ['server/src/main.ts', 'export {}'],
  ['sdk/src/client/clean.ts', 'export {}'],
  ['web/src/features/cohorts/clean.ts', 'export {}'],
]

let root: string

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'assay-boundaries-'))
  for (const name of ['.dependency-cruiser.cjs', 'package.json']) copyFileSync(name, join(root, name))
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'))
  for (const [file, text] of [...planted.map(([, file, line]) => [file, line] as const), ...clean]) {
    mkdirSync(join(root, dirname(file)), { recursive: true })
    writeFileSync(join(root, file), `${text}\n`)
  }
})
afterAll(() => { rmSync(root, { recursive: true, force: true }) })

test('the boundary check fails on a planted violation of every rule, naming the rule and the file', () => {
  const { status, stdout } = spawnSync('npx', ['depcruise', 'sdk/src', 'server/src', 'web/src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'], { cwd: root, encoding: 'utf8' })
  const { summary } = JSON.parse(stdout) as { summary: { violations: { rule: { name: string }; from: string }[]; ruleSetUsed: { forbidden: { name: string }[] } } }
  for (const [rule, file] of planted) expect(summary.violations.map((violation) => `${violation.rule.name} ${violation.from}`)).toContain(`${rule} ${file}`)
  expect(planted.map(([rule]) => rule).sort()).toEqual(summary.ruleSetUsed.forbidden.map((rule) => rule.name).sort())
  const onlyClean = clean.filter(([file]) => !file.includes('cycle')).map(([file]) => file)
  expect(summary.violations.filter((violation) => onlyClean.includes(violation.from))).toEqual([])
  expect(status === 0 && summary.violations.length === 0).toBe(false)
})

test('npm run boundaries ends with an error on a violation', () => {
  expect(spawnSync('npm', ['run', 'boundaries'], { cwd: root }).status).not.toBe(0)
})
