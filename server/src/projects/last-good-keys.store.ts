import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { writeWholeFile } from '../platform/whole-file.ts'
import type { LiveKey } from './keys.store.ts'

const FILE = 'keys'

/**
 * The keys as this instance last read them, on disk, so that SDKs are served while the database is away, also after a
 * restart. The file holds hashes of secrets only: its own hash in the first line, then the keys as JSON.
 */
export function createLastGoodKeys(directory: string, log: Logger) {
  let waiting: readonly LiveKey[] | null = null
  let writing: Promise<void> | null = null

  async function drain(): Promise<void> {
    while (waiting) {
      const body = JSON.stringify(waiting)
      waiting = null
      try {
        await writeWholeFile(directory, FILE, `${sha256(body)}\n${body}`)
      } catch (error) {
        log.warn({ err: error }, 'could not write the last good keys to disk')
      }
    }
  }

  return {
    /** Nothing where no copy is there or it is damaged. */
    async read(): Promise<LiveKey[]> {
      const text = await readFile(join(directory, FILE), 'utf8').catch(() => null)
      if (text === null) return []
      const end = text.indexOf('\n')
      const body = text.slice(end + 1)
      if (sha256(body) === text.slice(0, end)) return JSON.parse(body) as LiveKey[]
      log.warn({ file: FILE }, 'the last good keys on disk are damaged and are not used')
      return []
    },
    save(keys: readonly LiveKey[]): void {
      waiting = keys
      writing ??= drain().finally(() => { writing = null })
    },
    /** Resolves when everything given so far is on disk. */
    async flush(): Promise<void> {
      while (writing) await writing
    },
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
