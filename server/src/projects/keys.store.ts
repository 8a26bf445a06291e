import type { SdkKey } from '../contract/projects.ts'
import type { Database, Tx } from '../platform/postgres.ts'
import type { SdkKeyKind } from './sdk-key.ts'

/** Tells every instance that keys were created or revoked, or answer otherwise. */
export const KEY_CHANNEL = 'assay_sdk_key'

/** A key that authenticates. */
export interface LiveKey {
  id: string
  /** SHA-256 of the secret in hex. */
  hash: string
  kind: SdkKeyKind
  projectId: string
  environmentId: string
  environmentKey: string
  /** Whether OFREP's bulk answers to it have `metadata` and `eventStreams`. */
  ofrepExtras: boolean
}

export interface NewKey {
  id: string
  environmentId: string
  kind: SdkKeyKind
  name: string
  prefix: string
  hash: string
  createdAt: Date
  createdBy: string
}

const shown = { id: true, kind: true, name: true, prefix: true, createdAt: true, createdBy: true, lastUsedAt: true, revokedAt: true, environment: { select: { key: true } } } as const

export function createKeysStore(db: Database | Tx) {
  return {
    /** Every key of the installation that is not revoked. */
    async live(): Promise<LiveKey[]> {
      const rows = await db.sdkKey.findMany({ where: { revokedAt: null }, select: { id: true, hash: true, kind: true, environmentId: true, environment: { select: { key: true, projectId: true, ofrepExtras: true } } } })
      return rows.map(({ environment, kind, ...row }) => ({ ...row, kind: kind as SdkKeyKind, projectId: environment.projectId, environmentKey: environment.key, ofrepExtras: environment.ofrepExtras }))
    },

    /** Newest first, revoked ones included. */
    async list(projectId: string): Promise<SdkKey[]> {
      return (await db.sdkKey.findMany({ where: { environment: { projectId } }, select: shown, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] })).map(toKey)
    },

    async find(projectId: string, id: string): Promise<SdkKey | null> {
      const row = await db.sdkKey.findFirst({ where: { id, environment: { projectId } }, select: shown })
      return row && toKey(row)
    },

    async insert(key: NewKey): Promise<SdkKey> {
      return toKey(await db.sdkKey.create({ data: key, select: shown }))
    },

    async revoke(id: string, at: Date): Promise<void> {
      await db.sdkKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at } })
    },

    /** Reaches every instance when the transaction commits. */
    async notify(): Promise<void> {
      // $executeRaw: a `void` result does not deserialise.
      await db.$executeRaw`SELECT pg_notify(${KEY_CHANNEL}, '')`
    },

    /** One statement for all; an older use never replaces a newer one. */
    async stampUsed(used: readonly { id: string; at: Date }[]): Promise<void> {
      if (used.length === 0) return
      await db.$executeRaw`
        UPDATE "sdk_key" k SET "lastUsedAt" = s."at"
        FROM jsonb_to_recordset(${JSON.stringify(used)}::jsonb) AS s("id" uuid, "at" timestamptz)
        WHERE k."id" = s."id" AND (k."lastUsedAt" IS NULL OR k."lastUsedAt" < s."at")`
    },
  }
}

interface Row {
  id: string
  kind: string
  name: string
  prefix: string
  createdAt: Date
  createdBy: string
  lastUsedAt: Date | null
  revokedAt: Date | null
  environment: { key: string }
}

function toKey({ environment, kind, createdAt, lastUsedAt, revokedAt, ...row }: Row): SdkKey {
  return { ...row, environment: environment.key, kind: kind as SdkKeyKind, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null, revokedAt: revokedAt?.toISOString() ?? null }
}
