// `npm run demo`: Assay with a living shop in ./data/demo, or in ASSAY_DATA_DIR.
import './build.mjs'
try {
  await import('../server/dist/cli/demo.js')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
