import { AppError } from '../http/app-error.ts'
import { isDatabaseAway } from './is-database-away.ts'
import { readInstallation } from './installation.ts'
import { migrateControlStore } from './migrate.ts'
import type { ControlStore } from './postgres.ts'

const RETRY_MS = 2_000

export interface PreparedControlStore {
  /** Identity of this installation's history. Throws `storage_unavailable` while the database has not answered since the start. */
  epoch(): string
  close(): void
}

interface Log {
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

/**
 * Migrates the control store and reads the installation. A PostgreSQL server that is away does not stop the start: the
 * last good rulesets and keys are served, nothing can be changed, and the store is prepared once the server answers. Any other failure does.
 */
export async function prepareControlStore(control: ControlStore, log: Log): Promise<PreparedControlStore> {
  let epoch: string | null = null
  let retry: NodeJS.Timeout | undefined
  let closed = false

  async function prepare(): Promise<void> {
    await migrateControlStore(control, log)
    epoch = await readInstallation(control.db)
  }

  async function prepareWhenBack(): Promise<void> {
    try {
      await prepare()
      log.info({}, 'The database is there')
    } catch (error) {
      if (closed) return
      if (!isDatabaseAway(error)) log.error({ err: error }, 'The database is there but cannot be prepared')
      retry = setTimeout(() => void prepareWhenBack(), RETRY_MS)
    }
  }

  try {
    // Asked first, so that only a server that does not answer counts as away.
    await control.db.$queryRaw`SELECT 1`
    await prepare()
  } catch (error) {
    if (!isDatabaseAway(error)) throw error
    log.warn({ err: error }, 'The database is away: what was last good is served, and nothing can be changed until it answers')
    retry = setTimeout(() => void prepareWhenBack(), RETRY_MS)
  }
  return {
    epoch() {
      if (epoch === null) throw new AppError('storage_unavailable', 'The database does not answer. Nothing was saved; try again in a moment.')
      return epoch
    },
    close() {
      closed = true
      clearTimeout(retry)
    },
  }
}
