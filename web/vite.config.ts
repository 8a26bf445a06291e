import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/**
 * Of the contract's operations and exported tables a page needs where they are and what they are called, not the schemas that the server holds requests
 * and responses to: those are three times the router. The contract is read when a page is built and not with this file, which other tools load
 * before the SDK that the contract rests on is built.
 */
function contractWithoutSchemas(): Plugin {
  const tables: Record<string, () => Promise<Record<string, unknown>>> = {
    '/server/src/contract/routes.ts': async () => {
      const { routes } = await import('../server/src/contract/routes.ts')
      return { routes: Object.fromEntries(Object.entries(routes).map(([name, { method, path, access }]) => [name, { method, path, access }])) }
    },
    '/server/src/contract/exports.ts': async () => {
      const { exportFormats, exportResourceNames, exportResources, formatWords } = await import('../server/src/contract/exports.ts')
      const resources = Object.values(exportResources).map(({ name, title, holds, takes, route: { method, path, access } }) => [name, { name, title, holds, takes, route: { method, path, access } }])
      return { exportFormats, exportResourceNames, exportResources: Object.fromEntries(resources), formatWords }
    },
  }
  return {
    name: 'contract-without-schemas',
    async load(id) {
      const table = Object.keys(tables).find((path) => id.endsWith(path))
      if (table === undefined) return undefined
      return Object.entries(await tables[table]?.() ?? {}).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}`).join('\n')
    },
  }
}

/**
 * The statistics' library asks at its start whether code from a string may run, which pages forbid: it goes on without, and
 * the browser reports a violation. In pages the answer is no without asking.
 */
function withoutEval(): Plugin {
  return {
    name: 'without-eval',
    load(id) {
      return id.endsWith('/@stdlib/utils-eval/lib/index.js') ? "module.exports = function () { throw new EvalError('Pages run no code from strings.') }" : undefined
    },
  }
}

export default defineConfig({
  plugins: [contractWithoutSchemas(), withoutEval(), react()],
  resolve: { conditions: ['assay-source', 'module', 'browser', 'development|production'] },
  // The server replaces it in the page with the nonce of each response.
  html: { cspNonce: '__NONCE__' },
  build: {
    target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 700, manifest: true,
    // Of the contract each form keeps the schemas that it checks by, and no others.
    rolldownOptions: { treeshake: { moduleSideEffects: [{ test: /\/server\/src\/contract\//, sideEffects: false }], manualPureFunctions: ['defineRoutes', 'z'] } },
  },
  // `npx vite web` during development, beside a running Assay.
  server: { proxy: { '/api': 'http://localhost:4000', '/sdk': 'http://localhost:4000' } },
})
