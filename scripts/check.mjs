// `npm run check`: types, lint, import boundaries, dead code and unit tests, two at a time. Says what failed, and how long each took.
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'

const steps = ['test:unit', 'lint', 'types', 'dead-code', 'boundaries']

/** Runs one npm script and keeps what it says until it has ended, so that two do not talk at once. */
function run(step) {
  const started = Date.now()
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', step], { stdio: ['ignore', 'pipe', 'pipe'] })
    const said = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => said.push(part))
    child.on('close', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1)
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${step} (${seconds} s)`)
      if (code !== 0) process.stdout.write(Buffer.concat(said))
      resolve(code === 0)
    })
  })
}

const waiting = [...steps]
const outcomes = []
async function lane() {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) outcomes.push(await run(step))
}

// Everything else reads the generated database client.
if (await run('prisma:generate')) await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, lane))
process.exitCode = outcomes.length === steps.length && outcomes.every(Boolean) ? 0 : 1
