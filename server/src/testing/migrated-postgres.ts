import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrateControlStore } from '../platform/migrate.ts'
import { openEmbeddedPostgres } from '../platform/postgres.ts'

/**
 * Puts an empty, migrated PGlite into `directory`. Making one takes seconds, so one is kept in the system's temporary
 * folder per set of migrations and copied; tests of the first start make their own.
 */
export async function copyMigratedPostgres(directory: string): Promise<void> {
  const template = join(tmpdir(), `assay-migrated-${fingerprint()}`)
  if (!existsSync(template)) await make(template)
  cpSync(template, directory, { recursive: true })
}

async function make(template: string): Promise<void> {
  const draft = mkdtempSync(`${template}-`)
  const store = await openEmbeddedPostgres(join(draft, 'postgres'))
  await migrateControlStore(store, { info: () => undefined })
  await store.close()
  try {
    renameSync(join(draft, 'postgres'), template)
  } catch (error) {
    // Another test process was faster.
    if (!existsSync(template)) throw error
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

function fingerprint(): string {
  const migrations = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url))
  const hash = createHash('sha256').update(readFileSync(createRequire(import.meta.url).resolve('@electric-sql/pglite')))
  for (const name of readdirSync(migrations).sort()) {
    const file = join(migrations, name, 'migration.sql')
    if (existsSync(file)) hash.update(name).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}
