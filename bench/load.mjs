import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Bundles a TypeScript entry of the repository as it would ship, and imports it. */
export async function load(entry) {
  // Inside node_modules, so that packages that stay external are found.
  const folder = mkdtempSync(join(root, 'node_modules', '.assay-bench-'))
  try {
    const outfile = join(folder, 'bundle.mjs')
    await build({ entryPoints: [join(root, entry)], outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20', conditions: ['assay-source'], packages: 'external', logLevel: 'error' })
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
