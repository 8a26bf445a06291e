// `node bench/run.mjs`: prints one JSON line per figure: {"name", "unit", "value", ...}. Installs its own tools on first use.
//   node bench/run.mjs [--quick]
import { installTools } from './install.mjs'

installTools()
const quick = process.argv.includes('--quick')
for (const suite of ['./evaluation.mjs', './statistics.mjs']) {
  const { figures } = await import(suite)
  for await (const figure of figures({ quick })) console.log(JSON.stringify({ ...figure, node: process.version }))
}
