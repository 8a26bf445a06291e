import { createHash, randomUUID } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import type { Settings } from './options.ts'
import { textOf } from './text-of.ts'

/** Characters of a ruleset that is kept. */
const LONGEST = 2_000_000

interface Stored {
  format: 1
  /** Hash of address and key: another environment's ruleset is never used. */
  scope: string
  sha256: string
  ruleset: string
}

/** Keeps the newest ruleset in a file, if the options name one. Reading and writing never reject. */
export function createLastGoodFile({ lastGoodFile: path, url, key, warn }: Pick<Settings, 'lastGoodFile' | 'url' | 'key' | 'warn'>) {
  const scope = sha256(`${url}\n${key}`)
  let writing: Promise<void> = Promise.resolve()

  async function write(ruleset: string): Promise<void> {
    if (path === undefined) return
    if (ruleset.length > LONGEST) {
      warn(`The ruleset is too large to be kept in ${path}: it has more than ${LONGEST} characters. What was kept before stays.`)
      return
    }
    const stored: Stored = { format: 1, scope, sha256: sha256(ruleset), ruleset }
    const temporary = `${path}.${randomUUID()}`
    try {
      await writeFile(temporary, JSON.stringify(stored), { mode: 0o600 })
      await rename(temporary, path)
    } catch (error) {
      warn(`The last good ruleset could not be written to ${path}: ${textOf(error)}`)
      await rm(temporary, { force: true }).catch(() => undefined)
    }
  }

  return {
    async read(): Promise<string | undefined> {
      if (path === undefined) return undefined
      try {
        const stored = JSON.parse(await readFile(path, 'utf8')) as Partial<Stored> | null
        const isOurs = stored?.format === 1 && stored.scope === scope
        return isOurs && typeof stored.ruleset === 'string' && stored.sha256 === sha256(stored.ruleset) ? stored.ruleset : undefined
      } catch {
        return undefined
      }
    },
    /** One write after the other, so that the newest is the one that stays. */
    write(ruleset: string): void {
      writing = writing.then(() => write(ruleset))
    },
    settled: (): Promise<void> => writing,
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
