import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const manifest = (path) => JSON.parse(readFileSync(path, 'utf8'))

/** Installs the tools of the benchmarks, and nothing if they are there in the versions that package.json names. */
export function installTools() {
  const isThere = ([name, version]) => {
    const path = `${here}node_modules/${name}/package.json`
    return existsSync(path) && manifest(path).version === version
  }
  if (Object.entries(manifest(`${here}package.json`).dependencies).every(isThere)) return
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: here, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) process.exit(status ?? 1)
}
