// `npm run bench:analysis`, or `node bench/analysis.mjs [--quick]`: one JSON line per figure. Installs its own tools on first use.
import { installTools } from './install.mjs'

installTools()
const quick = process.argv.includes('--quick')
const { figures } = await import('./analysis/figures.mjs')
for await (const figure of figures({ quick })) console.log(JSON.stringify({ suite: 'analysis', ...figure, node: process.version }))
