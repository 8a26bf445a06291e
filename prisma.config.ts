import { defineConfig } from 'prisma/config'

// `prisma generate` is WebAssembly, but the CLI insists on a schema-engine binary, which is a download that an
// offline machine cannot make and that nothing here uses: migrations run by the WebAssembly engine.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({ schema: 'prisma/schema.prisma', migrations: { path: 'prisma/migrations' } })
