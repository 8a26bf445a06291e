// `npm test`: everything, in the order that fails soonest. Its last line counts every test that ran.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from './browser.mjs'

const reports = mkdtempSync(join(tmpdir(), 'assay-test-'))
const total = { passed: 0, failed: 0, skipped: 0 }
let ok = true

function run(title, command, args, env = {}) {
  console.log(`\n== ${title}`)
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  if (status !== 0) ok = false
  return status === 0
}

function report(name) {
  try {
    return JSON.parse(readFileSync(join(reports, name), 'utf8'))
  } catch {
    return null
  }
}

function vitest(title, name, projects) {
  const file = join(reports, `${name}.json`)
  run(title, 'npx', ['vitest', 'run', ...projects.flatMap((project) => ['--project', project]), '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  const result = report(`${name}.json`)
  if (!result) return
  total.passed += result.numPassedTests
  total.failed += result.numFailedTests + result.testResults.filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0).length
  total.skipped += result.numPendingTests + result.numTodoTests
}

async function journeys() {
  const browser = await ensureChromium()
  if (browser.path === null) {
    console.log(`\n${browser.said} The browser journeys did not run. Run\n\n  ${browser.command}\n\nand npm test again.`)
    ok = false
    return
  }
  console.log(`\n${browser.said}`)
  const file = join(reports, 'journeys.json')
  run('Browser journeys', 'npx', ['playwright', 'test', '--config', 'e2e/playwright.config.ts'], { ASSAY_CHROMIUM: browser.path, PLAYWRIGHT_JSON_OUTPUT_NAME: file })
  const stats = report('journeys.json')?.stats
  if (!stats) return
  total.passed += stats.expected + stats.flaky
  total.failed += stats.unexpected
  total.skipped += stats.skipped
}

const sound = ['prisma:generate', 'types', 'lint', 'boundaries', 'dead-code'].every((step) => run(`npm run ${step}`, 'npm', ['run', '--silent', step]))
if (sound && run('Build', 'node', ['scripts/build.mjs'])) {
  run('Page sizes', 'node', ['scripts/page-sizes.mjs'])
  vitest('Unit tests', 'unit', ['unit', 'web'])
  vitest('Integration tests on real stores', 'integration', ['integration'])
  await journeys()
}
rmSync(reports, { recursive: true, force: true })

console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`)
process.exitCode = ok && total.failed === 0 && total.passed > 0 ? 0 : 1
