import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/**
 * Of the contract's operations a page needs where they are, not the schemas that the server holds requests and responses to: those are three times the router.
 * The contract is read when a page is built and not with this file, which other tools load before the SDK that the contract rests on is built.
 */
function operationsWithoutSchemas(): Plugin {
  async function addresses() {
    const { routes } = await import('../server/src/contract/routes.ts')
    return Object.fromEntries(Object.entries(routes).map(([name, { method, path, access }]) => [name, { method, path, access }]))
  }
  return {
    name: 'operations-without-schemas',
    load: async (id) => (id.endsWith('/server/src/contract/routes.ts') ? `export const routes = ${JSON.stringify(await addresses())}` : undefined),
  }
}

export default defineConfig({
  plugins: [operationsWithoutSchemas(), react()],
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
