// `npm run replay -- FOLDER`: a recorded experiment through SDK, ingest and analysis; the last line is the result as JSON.
import './build.mjs'
try {
  await import('../server/dist/cli/replay.js')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
