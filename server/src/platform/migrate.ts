import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg'
import type { ControlStore } from './postgres.ts'
import { openSchemaEngine } from './schema-engine.ts'

const prismaFolder = fileURLToPath(new URL('../../../prisma', import.meta.url))
const filters = { externalTables: [], externalEnums: [] }

interface Said {
  info(details: object, message: string): void
}

/** Applies the migration folders that the control store does not have yet. Processes that start together do it one after the other. */
export async function migrateControlStore(control: ControlStore, log: Said): Promise<string[]> {
  const migrations = await readMigrations()
  if (await isCurrent(control, migrations)) return []
  return control.exclusively('assay-migrations', async () => {
    // Whoever had the lock before us may have done it.
    if (await isCurrent(control, migrations)) return []
    const { appliedMigrationNames } = await withEngine(control, async (engine) =>
      engine.applyMigrations({
        migrationsList: {
          baseDir: join(prismaFolder, 'migrations'),
          lockfile: { path: 'migration_lock.toml', content: await readFile(join(prismaFolder, 'migrations/migration_lock.toml'), 'utf8') },
          shadowDbInitScript: '',
          migrationDirectories: migrations.map(({ name, sql }) => ({ path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } } })),
        },
        filters,
      }),
    )
    log.info({ migrations: appliedMigrationNames }, 'Applied migrations')
    return appliedMigrationNames
  })
}

/** SQL that turns this migrated store into prisma/schema.prisma: the text of the next migration, a comment where both agree. */
export async function schemaDrift(control: ControlStore): Promise<string> {
  const files = [{ path: 'schema.prisma', content: await readSchema() }]
  const { stdout } = await withEngine(control, (engine) =>
    engine.diff({ from: { tag: 'schemaDatasource', files, configDir: prismaFolder }, to: { tag: 'schemaDatamodel', files }, script: true, exitCode: null, filters }),
  )
  return stdout ?? ''
}

async function withEngine<T>(control: ControlStore, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const { adapter, dispose } = control.engineConnection()
  const engine = await openSchemaEngine(await readSchema(), adapter)
  try {
    return await work(engine)
  } finally {
    engine.free()
    await dispose()
  }
}

function readSchema(): Promise<string> {
  return readFile(join(prismaFolder, 'schema.prisma'), 'utf8')
}

async function readMigrations(): Promise<{ name: string; sql: string }[]> {
  const folder = join(prismaFolder, 'migrations')
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()
  return Promise.all(names.map(async (name) => ({ name, sql: await readFile(join(folder, name, 'migration.sql'), 'utf8') })))
}

/** Spares the engine, which takes most of a start, where every folder is applied. A failed or unknown migration is left to the engine to report. */
async function isCurrent(control: ControlStore, migrations: { name: string }[]): Promise<boolean> {
  try {
    const rows = await control.db.$queryRaw<{ migration_name: string; finished_at: Date | null }[]>`SELECT migration_name, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`
    return rows.length === migrations.length && rows.every((row, index) => row.finished_at !== null && row.migration_name === migrations[index]?.name)
  } catch {
    // The table does not exist before the first migration.
    return false
  }
}
