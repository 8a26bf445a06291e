import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'

/** The client as a program has it: one file, for processes of their own. */
export async function buildClient(): Promise<{ folder: string; path: string; program: (name: string, source: string) => string; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-client-'))
  const path = join(folder, 'client.mjs')
  await build({ entryPoints: ['sdk/src/index.ts'], outfile: path, bundle: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'error' })
  return {
    folder,
    path,
    program(name, source) {
      writeFileSync(join(folder, name), source)
      return join(folder, name)
    },
    remove() {
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
