import { randomBytes } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface DataDirLock {
  release(): Promise<void>
}

/** Somebody else runs on the data directory; the message is for the person who started the second process. */
export class DataDirInUse extends Error {
  constructor(dataDir: string, pid: number) {
    super(`Another Assay (process ${pid}) is running on ${dataDir}. Stop it first, or give this one its own ASSAY_DATA_DIR.`)
    this.name = 'DataDirInUse'
  }
}

interface Holder {
  pid: number
  /** When the process started, in the system's own words: a reused process id does not have the same. */
  started: string
  released?: true
}

const NAME = /^lock\.(\d{1,9})$/

/**
 * Takes a data directory for this process, before either embedded store opens: PGlite itself does not notice a second
 * process and loses rows.
 *
 * Lock files are numbered generations. A generation whose process is gone is followed by creating the next number with
 * link(2), which exactly one process can do; the newest generation always stays, released or not, so a number is never
 * used twice. A kill -9 therefore leaves nothing to clean up.
 */
export async function lockDataDir(dataDir: string): Promise<DataDirLock> {
  await mkdir(dataDir, { recursive: true })
  const mine: Holder = { pid: process.pid, started: startOf(process.pid) ?? '' }
  const draft = join(dataDir, `lock-draft.${process.pid}.${randomBytes(4).toString('hex')}`)
  await writeFile(draft, JSON.stringify(mine), { flush: true })
  try {
    for (;;) {
      const newest = await newestGeneration(dataDir)
      if (newest > 0) {
        const holder = await readHolder(join(dataDir, `lock.${newest}`))
        if (holder && isRunning(holder)) throw new DataDirInUse(dataDir, holder.pid)
      }
      const path = join(dataDir, `lock.${newest + 1}`)
      if (!(await createdBy(draft, path))) continue
      // Whoever slept between reading and creating may have re-created a number below the newest: then it is not the holder.
      if ((await newestGeneration(dataDir)) !== newest + 1) {
        await rm(path, { force: true })
        continue
      }
      await removeGenerationsBelow(dataDir, newest + 1)
      return { release: () => release(path, mine) }
    }
  } finally {
    await rm(draft, { force: true })
  }
}

async function createdBy(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function release(path: string, mine: Holder): Promise<void> {
  const draft = `${path}.released`
  await writeFile(draft, JSON.stringify({ ...mine, released: true } satisfies Holder))
  await rename(draft, path)
}

async function newestGeneration(dataDir: string): Promise<number> {
  return Math.max(0, ...(await generations(dataDir)))
}

async function generations(dataDir: string): Promise<number[]> {
  return (await readdir(dataDir)).flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number)
}

async function removeGenerationsBelow(dataDir: string, generation: number): Promise<void> {
  const older = (await generations(dataDir)).filter((other) => other < generation)
  await Promise.all(older.map((other) => rm(join(dataDir, `lock.${other}`), { force: true })))
}

async function readHolder(path: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return null
    throw error
  }
}

function isRunning(holder: Holder): boolean {
  if (holder.released) return false
  const started = startOf(holder.pid)
  return started !== null && started === holder.started
}

/** When a process started, or null where there is none with that id. */
function startOf(pid: number): string | null {
  if (process.platform !== 'linux') return startByPs(pid)
  try {
    // Field 22 of stat(5), counted after the name in parentheses, which may hold anything; the boot tells two machine starts apart.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return null
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`
  } catch {
    return null
  }
}

function startByPs(pid: number): string | null {
  try {
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: { LC_ALL: 'C', PATH: '/bin:/usr/bin' } }).trim()
    return started === '' ? null : started
  } catch {
    return null
  }
}
