import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Compiles the engine as the package compiles it, unbundled, and imports one of its files. */
export async function builtCore(file) {
  const folder = mkdtempSync(join(root, 'node_modules', '.assay-bench-'))
  try {
    const options = ['--noEmit', 'false', '--rewriteRelativeImportExtensions', '--rootDir', join(root, 'sdk/src/core'), '--outDir', folder]
    const { status, stdout } = spawnSync(process.execPath, [join(root, 'node_modules/typescript7/bin/tsc'), '-p', join(root, 'sdk/src/core'), ...options], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`The engine does not compile:\n${stdout}`)
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    return await import(pathToFileURL(join(folder, file)).href)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
