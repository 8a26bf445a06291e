// `node bench/run.mjs`: prints one JSON line per figure: {"name", "unit", "value", ...}. Installs its own tools on first use.
//   node bench/run.mjs [--quick]
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
if (!existsSync(`${here}node_modules/esbuild`) || !existsSync(`${here}node_modules/tinybench`)) {
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: here, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) process.exit(status ?? 1)
}
const quick = process.argv.includes('--quick')
for (const suite of ['./evaluation.mjs', './statistics.mjs', './analysis.mjs']) {
  const { figures } = await import(suite)
  for await (const figure of figures({ quick })) console.log(JSON.stringify({ ...figure, node: process.version }))
}
