import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

test('an empty environment starts Assay on embedded stores in ./data', () => {
  expect(readConfig({}, '/srv')).toEqual({
    port: 4000,
    host: null,
    dataDir: '/srv/data',
    databaseUrl: null,
    clickhouseUrl: null,
    clickhouseDatabase: 'assay',
    publicUrl: null,
    trustProxy: 0,
    exportDir: null,
    exportsToPrivate: false,
    webhooksToPrivate: false,
    bucketCredentials: null,
    metricsToken: null,
    logLevel: 'info',
    reauthenticateMinutes: 15,
    drainSeconds: 20,
  })
})

test('an empty value counts as not set', () => {
  expect(readConfig({ DATABASE_URL: '', PORT: '' }, '/srv')).toEqual(readConfig({}, '/srv'))
})

test('what is set is used', () => {
  const config = readConfig({ PORT: '0', ASSAY_DATA_DIR: '/var/lib/assay', DATABASE_URL: 'postgres://u:p@db/assay', CLICKHOUSE_URL: 'https://events:8443', ASSAY_PUBLIC_URL: 'https://assay.example.com/' }, '/srv')
  expect(config).toMatchObject({ port: 0, dataDir: '/var/lib/assay', databaseUrl: 'postgres://u:p@db/assay', clickhouseUrl: 'https://events:8443', publicUrl: 'https://assay.example.com' })
})

test('every bad variable is named with what it must be', () => {
  const attempt = () => readConfig({ PORT: '70000', DATABASE_URL: 'mysql://db', ASSAY_LOG_LEVEL: 'loud', ASSAY_METRICS_TOKEN: 'short' }, '/srv')
  expect(attempt).toThrow(ConfigError)
  expect(attempt).toThrow(
    'Assay cannot start with this environment: PORT must be a port from 0 to 65535. DATABASE_URL must be a postgresql:// URL. ASSAY_METRICS_TOKEN must be at least 16 characters. ASSAY_LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent.',
  )
})

test.each(['4000.5', '-1', '1e3', 'http', '99999999'])('%s is not a port', (PORT) => {
  expect(() => readConfig({ PORT }, '/srv')).toThrow('PORT must be a port from 0 to 65535.')
})

test('webhooks go to private addresses only where that is said', () => {
  expect([readConfig({}).webhooksToPrivate, readConfig({ ASSAY_WEBHOOK_ADDRESSES: 'any' }).webhooksToPrivate]).toEqual([false, true])
})

test('exports go to a folder, buckets and private addresses only where that is said', () => {
  expect(readConfig({ ASSAY_EXPORT_DIR: 'exports', ASSAY_EXPORT_ADDRESSES: 'any', ASSAY_BUCKET_KEY_ID: 'key', ASSAY_BUCKET_SECRET: 'secret' }, '/srv')).toMatchObject({
    exportDir: '/srv/exports', exportsToPrivate: true, bucketCredentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
  })
  expect(() => readConfig({ ASSAY_BUCKET_KEY_ID: 'key' })).toThrow('ASSAY_BUCKET_KEY_ID and ASSAY_BUCKET_SECRET must be set together.')
})
