// Simulates what the statistics promise: false positives under every mode, power, coverage, split alarms, verdicts, bandits, recorded experiments.
//   npm run sim -- [ID...]           the size of CI, two processes
//   npm run sim:nightly -- [ID...]   ten times as many
// Prints one line per figure with its Monte Carlo error and its target. Exit code 1 when one misses it by more than three errors.
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { createViteServer } from 'vitest/node'

const root = fileURLToPath(new URL('..', import.meta.url))
const args = process.argv.slice(2)
const scale = args.includes('--nightly') ? 10 : 1
const worker = args.includes('--worker')
const named = args.filter((arg) => !arg.startsWith('--'))

// The engine is TypeScript; vite loads it without a build.
const vite = await createViteServer({ root, configFile: false, logLevel: 'error', appType: 'custom', server: { middlewareMode: true, hmr: false, watch: null, ws: false }, optimizeDeps: { noDiscovery: true } })
try {
  const { simulations, runSimulation, printed } = await vite.ssrLoadModule('/vectors/simulations/index.ts')
  const known = simulations.map((/** @type {{ id: string }} */ one) => one.id)
  const unknown = named.filter((id) => !known.includes(id))
  if (unknown.length > 0) {
    console.error(`There is no simulation ${unknown.join(', ')}. Known are ${known.join(', ')}.`)
    process.exitCode = 1
  } else if (worker) {
    for (const one of simulations.filter((/** @type {{ id: string }} */ { id }) => named.includes(id))) {
      const started = Date.now()
      const figures = runSimulation(one, scale)
      process.send?.({ id: one.id, seconds: (Date.now() - started) / 1000, lines: figures.map(printed), failed: figures.filter((/** @type {{ ok: boolean }} */ { ok }) => !ok).length, figures: figures.length })
    }
    process.disconnect?.()
  } else await share(named.length > 0 ? named : known)
} finally {
  await vite.close()
}

/** Deals the simulations to processes, one at a time, and prints each as it ends. @param {string[]} ids */
async function share(ids) {
  const started = Date.now()
  const waiting = [...ids]
  const total = { figures: 0, failed: 0 }
  const lane = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const { lines, seconds, failed, figures } = await inProcess(id)
      console.log(lines.length === 0 ? `-      ${id.padEnd(3)} needs ../shared/data, which is absent` : lines.join('\n'))
      if (seconds > 5) console.log(`       ${id.padEnd(3)} took ${seconds.toFixed(1)} s`)
      total.figures += figures
      total.failed += failed
    }
  }
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism(), ids.length) }, lane))
  console.log(`\n${total.figures - total.failed} figures meet their target, ${total.failed} do not (${((Date.now() - started) / 1000).toFixed(0)} s)`)
  process.exitCode = total.failed === 0 && total.figures > 0 ? 0 : 1
}

/** @param {string} id @returns {Promise<{ lines: string[], seconds: number, failed: number, figures: number }>} */
function inProcess(id) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--worker', ...(scale === 10 ? ['--nightly'] : []), id], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    /** @type {any} */
    let result
    child.on('message', (message) => { result = message })
    child.on('close', () => (result ? resolve(result) : reject(new Error(`Simulation ${id} ended without a result.`))))
  })
}
