import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { bindMigrationAwareSqlAdapterFactory, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type * as Engine from '@prisma/schema-engine-wasm/schema_engine_bg'

// The types of a server leave out the DOM library, which declares this global of Node.
declare const WebAssembly: { instantiate(bytes: Uint8Array, imports: Record<string, object>): Promise<{ instance: { exports: Record<string, unknown> } }> }

type Bindings = typeof Engine & { __wbg_set_wasm(exports: Record<string, unknown>): void }

const require = createRequire(import.meta.url)
// The bindings keep their instance in module state: a second instance would corrupt the first.
let loading: Promise<Bindings> | undefined

/** Prisma's migration engine compiled to WebAssembly: no download, no binary, the same `_prisma_migrations` table. */
export async function openSchemaEngine(schema: string, adapter: SqlMigrationAwareDriverAdapterFactory): Promise<Engine.SchemaEngine> {
  loading ??= load()
  const { SchemaEngine } = await loading
  return SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => undefined, bindMigrationAwareSqlAdapterFactory(adapter))
}

async function load(): Promise<Bindings> {
  const bindings = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as Bindings
  const file = join(dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')), 'schema_engine_bg.wasm')
  const { instance } = await WebAssembly.instantiate(await readFile(file), { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  ;(instance.exports['__wbindgen_start'] as () => void)()
  return bindings
}
