import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['assay-source'] },
  test: {
    name: 'web',
    environment: 'jsdom',
    // Pure functions (`*.test.ts`) run with the other unit tests and need no browser.
    include: ['src/**/*.test.tsx', '../sdk/src/**/*.test.tsx'],
    setupFiles: ['src/testing/setup.ts'],
    testTimeout: 60_000,
    // Files share a process and what it has loaded, Mantine above all; setup.ts leaves the page empty after every test.
    isolate: false,
    server: { deps: { inline: [/@mantine/] } },
  },
})
