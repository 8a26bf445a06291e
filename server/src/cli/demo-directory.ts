import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a second start needs: the server key, as a shop would have it in its configuration, and who to sign in as. */
export interface DemoState {
  key: string
  email: string
}

const FILE = 'demo.json'

type Mark = { /** Process that prepares. */ preparing: number } | DemoState

/**
 * The demo's own mark in its data directory: what was prepared, or null for a directory to be prepared. A directory whose
 * preparation was interrupted is emptied; one that holds anything else is refused.
 */
export function openDemoDirectory(directory: string): DemoState | null {
  const file = join(directory, FILE)
  if (existsSync(file)) {
    const mark = JSON.parse(readFileSync(file, 'utf8')) as Mark
    if (!('preparing' in mark)) return mark
    if (isAlive(mark.preparing)) throw new Error(`Process ${mark.preparing} is preparing the demo in ${directory}.`)
    rmSync(directory, { recursive: true })
  }
  mkdirSync(directory, { recursive: true })
  if (readdirSync(directory).length > 0) throw new Error(`${directory} holds something else than the demo. Set ASSAY_DATA_DIR to a directory of its own.`)
  write(file, { preparing: process.pid })
  return null
}

/** From now on a start finds the demo prepared. */
export function rememberDemo(directory: string, state: DemoState): void {
  write(join(directory, FILE), state)
}

function write(file: string, mark: Mark): void {
  writeFileSync(file, JSON.stringify(mark), { mode: 0o600 })
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
