import { createHash } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { writeWholeFile } from '../platform/whole-file.ts'
import type { PublishedRuleset } from './ruleset-server.ts'

interface Header {
  environmentId: string
  epoch: string
  version: number
  sha256: string
}

/**
 * The newest ruleset of every environment on disk, one file each: a line of JSON about it, then its exact text. Written
 * with fsync and rename, so a file is whole or the one before it.
 */
export function createLastGoodStore(directory: string, log: Logger) {
  const waiting = new Map<string, PublishedRuleset | null>()
  let writing: Promise<void> | null = null

  async function drain(): Promise<void> {
    for (let next = first(waiting); next; next = first(waiting)) {
      const [environmentId, published] = next
      waiting.delete(environmentId)
      try {
        if (published) await writeWhole(directory, published)
        else await rm(join(directory, nameOf(environmentId)), { force: true })
      } catch (error) {
        log.warn({ err: error, environmentId }, 'could not write the last good ruleset to disk')
      }
    }
  }

  function later(environmentId: string, published: PublishedRuleset | null): void {
    // The newest wins while a write is in flight.
    waiting.set(environmentId, published)
    writing ??= drain().finally(() => { writing = null })
  }

  return {
    async readAll(): Promise<PublishedRuleset[]> {
      const names = await readdir(directory).catch(() => [])
      const found: PublishedRuleset[] = []
      for (const name of names.filter((name) => name.endsWith('.ruleset'))) {
        const published = parse(await readFile(join(directory, name), 'utf8'))
        if (published) found.push(published)
        else log.warn({ file: name }, 'a last good ruleset on disk is damaged and is not used')
      }
      return found
    },
    save: (published: PublishedRuleset) => { later(published.environmentId, published) },
    remove: (environmentId: string) => { later(environmentId, null) },
    /** Resolves when everything given so far is on disk. */
    async flush(): Promise<void> {
      while (writing) await writing
    },
  }
}

function writeWhole(directory: string, { body, ...header }: PublishedRuleset): Promise<void> {
  return writeWholeFile(directory, nameOf(header.environmentId), `${JSON.stringify(header satisfies Header)}\n${body}`)
}

function parse(text: string): PublishedRuleset | null {
  const end = text.indexOf('\n')
  const body = text.slice(end + 1)
  try {
    const { environmentId, epoch, version, sha256 } = JSON.parse(text.slice(0, end)) as Header
    return createHash('sha256').update(body).digest('hex') === sha256 ? { environmentId, epoch, version, sha256, body } : null
  } catch {
    return null
  }
}

function nameOf(environmentId: string): string {
  return `${environmentId}.ruleset`
}

function first<K, V>(map: Map<K, V>): [K, V] | undefined {
  return map.entries().next().value
}
