#!/usr/bin/env node
// `assay COMMAND`: the command line of an installation that is built.
import('../dist/cli/assay.js').catch((error) => {
  console.error(error.code === 'ERR_MODULE_NOT_FOUND' ? 'Assay is not built. Run npm run build first.' : error)
  process.exitCode = 1
})
