// Compares `explain` with `evaluate` in as many generated cases as you like, other ones each time:
//   npm run properties -- [CASES]     (1,000,000 if not said: about a minute)
import { fileURLToPath } from 'node:url'
import { createViteServer } from 'vitest/node'

const cases = Number(process.argv[2] ?? 1_000_000)
if (!Number.isInteger(cases) || cases < 1) {
  console.error('Say how many cases, such as 1000000.')
  process.exit(1)
}

const root = fileURLToPath(new URL('..', import.meta.url))
// The engine is TypeScript; vite loads it without a build.
const vite = await createViteServer({ root, configFile: false, logLevel: 'error', appType: 'custom', server: { middlewareMode: true, hmr: false, watch: null, ws: false }, optimizeDeps: { noDiscovery: true } })
try {
  const { compareExplanations } = await vite.ssrLoadModule('/sdk/src/core/compare-explanations.samples.ts')
  const { reasons, exposed } = compareExplanations(cases)
  console.log(`${cases} cases: explain and evaluate agree. Met were ${reasons.join(', ')}, and ${exposed} exposures.`)
} finally {
  await vite.close()
}
