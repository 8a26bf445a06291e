import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as browser from './browser/index.ts'
import { SDK_NAME } from './client/sdk-name.ts'
import * as core from './core/index.ts'
import * as patterns from './core/patterns.ts'
import * as sdk from './index.ts'
import * as openfeature from './openfeature/index.ts'
import * as openfeatureWeb from './openfeature-web/index.ts'
import * as react from './react/index.ts'
import * as testing from './testing/index.ts'

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string; peerDependencies: object; peerDependenciesMeta: object; [field: string]: unknown }

test('the client’s entry exports exactly this', () => {
  expect(Object.keys(sdk).sort()).toEqual(['createClient'])
})

test('the core’s entry exports exactly this', () => {
  expect(Object.keys(core).sort()).toEqual([
    'BUCKETS', 'OPERATORS', 'bucketOf', 'compareIdentity', 'compileRuleset', 'evaluate', 'evaluateTyped', 'explain', 'exposureMetadata', 'exposures', 'isValidFlagKey', 'mayMatch', 'murmur3', 'parseInstant', 'parseRange', 'parseRuleset',
    'parseVersion', 'unitOf',
  ])
})

test('the entry of patterns exports exactly this', () => {
  expect(Object.keys(patterns)).toEqual(['patterns'])
})

test('the entries for pages, React and tests export exactly this', () => {
  expect(Object.keys(browser)).toEqual(['createBrowserClient'])
  expect(Object.keys(react).sort()).toEqual(['AssayProvider', 'useClient', 'useFlag', 'useFlagDetails', 'useFlagsStatus', 'useTrack'])
  expect(Object.keys(testing)).toEqual(['createTestClient'])
})

test('the entries of the OpenFeature providers export exactly this', () => {
  expect(Object.keys(openfeature)).toEqual(['AssayProvider'])
  expect(Object.keys(openfeatureWeb)).toEqual(['AssayWebProvider'])
})

test('nothing is installed with the SDK, and it names its own version to the server', () => {
  expect([manifest.dependencies, manifest.optionalDependencies]).toEqual([{}, undefined])
  expect(manifest.peerDependenciesMeta).toEqual(Object.fromEntries(Object.keys(manifest.peerDependencies).map((name) => [name, { optional: true }])))
  expect(SDK_NAME).toBe(`assay-node/${manifest.version}`)
})
