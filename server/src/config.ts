import { isAbsolute, resolve } from 'node:path'
import * as z from 'zod/mini'

/**
 * Every environment variable Assay reads. An empty value counts as not set.
 *
 * | variable                    | default          | meaning |
 * |-----------------------------|------------------|---------|
 * | `PORT`                      | `4000`           | TCP port; `0` takes a free one and prints it |
 * | `HOST`                      | all interfaces   | address to listen on |
 * | `ASSAY_DATA_DIR`            | `./data`         | directory of the embedded stores, used by exactly one process |
 * | `DATABASE_URL`              | embedded PGlite  | `postgresql://` URL of a PostgreSQL server for the control plane |
 * | `CLICKHOUSE_URL`            | embedded chDB    | `http(s)://` URL of a ClickHouse server for events |
 * | `ASSAY_CLICKHOUSE_DATABASE` | `assay`          | ClickHouse database that holds the event tables |
 * | `ASSAY_PUBLIC_URL`          | from the port    | URL people reach Assay at: printed at start, and where it is https cookies are `Secure` |
 * | `ASSAY_TRUST_PROXY`         | `0`              | number of reverse proxies in front whose `X-Forwarded-For` is believed |
 * | `ASSAY_EXPORT_DIR`          | none             | folder that scheduled exports may write below, each project in its own; without it no export goes to a folder |
 * | `ASSAY_EXPORT_ADDRESSES`    | `public`         | where scheduled exports may be sent: `public` refuses loopback, private and link-local addresses, `any` does not |
 * | `ASSAY_WEBHOOK_ADDRESSES`   | `public`         | where webhooks may be sent: `public` takes https alone and refuses loopback, private and link-local addresses, `any` does not |
 * | `ASSAY_BUCKET_KEY_ID`       | none             | access key of the S3-compatible buckets that scheduled exports go to |
 * | `ASSAY_BUCKET_SECRET`       | none             | secret of that access key |
 * | `ASSAY_BUCKET_TOKEN`        | none             | session token, for temporary credentials |
 * | `ASSAY_METRICS_TOKEN`       | none             | bearer token that `/metrics` asks for; without it only the same machine may read it |
 * | `ASSAY_LOG_LEVEL`           | `info`           | `fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`; logs are JSON lines on stderr |
 * | `ASSAY_REAUTHENTICATE_MINUTES` | `15`        | how long after a password was given keys and roles are given away without asking for it again |
 * | `ASSAY_DRAIN_SECONDS`       | `20`             | how long a stopping server waits for requests in flight |
 */
const variables = z.object({
  PORT: number('a port from 0 to 65535', 4000, 65_535),
  HOST: z.exactOptional(z.string()),
  ASSAY_DATA_DIR: z._default(z.string(), './data'),
  DATABASE_URL: url('a postgresql:// URL', ['postgresql:', 'postgres:']),
  CLICKHOUSE_URL: url('an http:// or https:// URL', ['http:', 'https:']),
  ASSAY_CLICKHOUSE_DATABASE: z._default(z.string().check(z.regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, 'letters, digits and underscores')), 'assay'),
  ASSAY_PUBLIC_URL: url('an http:// or https:// URL', ['http:', 'https:']),
  ASSAY_TRUST_PROXY: number('a whole number from 0 to 10', 0, 10),
  ASSAY_EXPORT_DIR: z.exactOptional(z.string()),
  ASSAY_EXPORT_ADDRESSES: z._default(z.enum(['public', 'any'], 'public or any'), 'public'),
  ASSAY_WEBHOOK_ADDRESSES: z._default(z.enum(['public', 'any'], 'public or any'), 'public'),
  ASSAY_BUCKET_KEY_ID: z.exactOptional(z.string()),
  ASSAY_BUCKET_SECRET: z.exactOptional(z.string()),
  ASSAY_BUCKET_TOKEN: z.exactOptional(z.string()),
  ASSAY_METRICS_TOKEN: z.exactOptional(z.string().check(z.minLength(16, 'at least 16 characters'))),
  ASSAY_LOG_LEVEL: z._default(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'one of fatal, error, warn, info, debug, trace, silent'), 'info'),
  ASSAY_REAUTHENTICATE_MINUTES: number('a whole number of minutes from 1 to 1440', 15, 1440, 1),
  ASSAY_DRAIN_SECONDS: number('a whole number of seconds from 0 to 600', 20, 600),
})

export interface Config {
  port: number
  host: string | null
  /** Absolute path. */
  dataDir: string
  /** Null uses PGlite in the data directory. */
  databaseUrl: string | null
  /** Null uses chDB in the data directory. */
  clickhouseUrl: string | null
  clickhouseDatabase: string
  /** Without a trailing slash; null until a URL is configured. */
  publicUrl: string | null
  trustProxy: number
  /** Absolute path; null sends no export to a folder. */
  exportDir: string | null
  /** Whether exports may be sent to loopback, private and link-local addresses. */
  exportsToPrivate: boolean
  /** Whether webhooks may go to loopback, private and link-local addresses, and without TLS. */
  webhooksToPrivate: boolean
  bucketCredentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } | null
  metricsToken: string | null
  logLevel: z.infer<typeof variables>['ASSAY_LOG_LEVEL']
  /** How old a sign-in may be for what asks for the password. */
  reauthenticateMinutes: number
  drainSeconds: number
}

/** Reads the configuration once; throws a `ConfigError` that names every bad variable. */
export function readConfig(env: Record<string, string | undefined> = process.env, cwd = process.cwd()): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = variables.safeParse(set)
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} must be ${issue.message}.`))
  }
  const { data } = parsed
  return {
    port: data.PORT,
    host: data.HOST ?? null,
    dataDir: isAbsolute(data.ASSAY_DATA_DIR) ? data.ASSAY_DATA_DIR : resolve(cwd, data.ASSAY_DATA_DIR),
    databaseUrl: data.DATABASE_URL ?? null,
    clickhouseUrl: data.CLICKHOUSE_URL ?? null,
    clickhouseDatabase: data.ASSAY_CLICKHOUSE_DATABASE,
    publicUrl: data.ASSAY_PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    trustProxy: data.ASSAY_TRUST_PROXY,
    exportDir: data.ASSAY_EXPORT_DIR === undefined ? null : resolve(cwd, data.ASSAY_EXPORT_DIR),
    exportsToPrivate: data.ASSAY_EXPORT_ADDRESSES === 'any',
    webhooksToPrivate: data.ASSAY_WEBHOOK_ADDRESSES === 'any',
    bucketCredentials: bucketCredentials(data),
    metricsToken: data.ASSAY_METRICS_TOKEN ?? null,
    logLevel: data.ASSAY_LOG_LEVEL,
    reauthenticateMinutes: data.ASSAY_REAUTHENTICATE_MINUTES,
    drainSeconds: data.ASSAY_DRAIN_SECONDS,
  }
}

function bucketCredentials({ ASSAY_BUCKET_KEY_ID: accessKeyId, ASSAY_BUCKET_SECRET: secretAccessKey, ASSAY_BUCKET_TOKEN: sessionToken }: z.infer<typeof variables>): Config['bucketCredentials'] {
  if (accessKeyId === undefined && secretAccessKey === undefined) return null
  if (accessKeyId === undefined || secretAccessKey === undefined) throw new ConfigError(['ASSAY_BUCKET_KEY_ID and ASSAY_BUCKET_SECRET must be set together.'])
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }
}

/** The environment does not say what it must; the message is for the person who starts Assay. */
export class ConfigError extends Error {
  constructor(problems: string[]) {
    super(`Assay cannot start with this environment: ${problems.join(' ')}`)
    this.name = 'ConfigError'
  }
}

function number(what: string, fallback: number, max: number, min = 0) {
  return z.pipe(
    z._default(z.string().check(z.regex(/^\d{1,6}$/, what)), String(fallback)),
    z.pipe(z.transform(Number), z.number().check(z.gte(min, what), z.lte(max, what))),
  )
}

function url(what: string, protocols: string[]) {
  return z.exactOptional(z.string().check(z.refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), what)))
}
