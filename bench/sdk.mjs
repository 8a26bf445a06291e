// `npm run bench:sdk`, or `node bench/sdk.mjs [--quick]`: one JSON line per figure. Installs its own tools on first use.
import { installTools } from './install.mjs'

installTools()
const quick = process.argv.includes('--quick')
const { figures } = await import('./sdk/figures.mjs')
for await (const figure of figures({ quick })) console.log(JSON.stringify({ suite: 'sdk', ...figure, node: process.version }))
// Some peers leave timers and sockets.
process.exit(0)
