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
  /** Milliseconds since 1970 from which on it is refused; null where nothing ends it but a revocation. */
  expiresAt: number | null
}

/** When a key was used, and by what where that is known. */
export interface KeyUse {
  at: Date
  by: string | null
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

const shown = {
  id: true, kind: true, name: true, prefix: true, createdAt: true, createdBy: true, lastUsedAt: true, lastUsedBy: true, revokedAt: true, expiresAt: true,
  environment: { select: { key: true } }, replacedBy: { select: { id: true, prefix: true, createdAt: true } },
} as const

export function createKeysStore(db: Database | Tx) {
  return {
    /** Every key of the installation that is neither revoked nor expired. */
    async live(now: Date): Promise<LiveKey[]> {
      const rows = await db.sdkKey.findMany({ where: { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }, select: { id: true, hash: true, kind: true, environmentId: true, expiresAt: true, environment: { select: { key: true, projectId: true, ofrepExtras: true } } } })
      return rows.map(({ environment, kind, expiresAt, ...row }) => ({ ...row, kind: kind as SdkKeyKind, expiresAt: expiresAt?.getTime() ?? null, projectId: environment.projectId, environmentKey: environment.key, ofrepExtras: environment.ofrepExtras }))
    },

    /** Newest first, those that were ended included. */
    async list(projectId: string, now: Date): Promise<SdkKey[]> {
      return (await db.sdkKey.findMany({ where: { environment: { projectId } }, select: shown, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] })).map((row) => toKey(row, now))
    },

    async find(projectId: string, id: string, now: Date): Promise<SdkKey | null> {
      const row = await db.sdkKey.findFirst({ where: { id, environment: { projectId } }, select: shown })
      return row && toKey(row, now)
    },

    async insert(key: NewKey): Promise<SdkKey> {
      return toKey(await db.sdkKey.create({ data: key, select: shown }), key.createdAt)
    },

    /** The key stops at an instant, as the one that replaces it goes on. */
    async replace(id: string, replacedById: string, expiresAt: Date): Promise<void> {
      await db.sdkKey.update({ where: { id }, data: { replacedById, expiresAt } })
    },

    async stopAt(id: string, expiresAt: Date): Promise<void> {
      await db.sdkKey.update({ where: { id }, data: { expiresAt } })
    },

    async revoke(id: string, at: Date): Promise<void> {
      await db.sdkKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at } })
    },

    /** Reaches every instance when the transaction commits. */
    async notify(): Promise<void> {
      // $executeRaw: a `void` result does not deserialise.
      await db.$executeRaw`SELECT pg_notify(${KEY_CHANNEL}, '')`
    },

    /** One statement for all; an older use never replaces a newer one, and one that says nothing of its SDK leaves the name there. */
    async stampUsed(used: readonly (KeyUse & { id: string })[]): Promise<void> {
      if (used.length === 0) return
      await db.$executeRaw`
        UPDATE "sdk_key" k SET "lastUsedAt" = s."at", "lastUsedBy" = coalesce(s."by", k."lastUsedBy")
        FROM jsonb_to_recordset(${JSON.stringify(used)}::jsonb) AS s("id" uuid, "at" timestamptz, "by" text)
        WHERE k."id" = s."id" AND (k."lastUsedAt" IS NULL OR k."lastUsedAt" <= s."at")`
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
  lastUsedBy: string | null
  revokedAt: Date | null
  expiresAt: Date | null
  environment: { key: string }
  replacedBy: { id: string; prefix: string; createdAt: Date } | null
}

/** A key whose time after the rotation is over is as good as revoked then. */
function toKey({ environment, kind, createdAt, lastUsedAt, revokedAt, expiresAt, replacedBy, ...row }: Row, now: Date): SdkKey {
  const endedAt = revokedAt ?? (expiresAt !== null && expiresAt <= now ? expiresAt : null)
  return {
    ...row,
    environment: environment.key,
    kind: kind as SdkKeyKind,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: endedAt?.toISOString() ?? null,
    replacedBy: replacedBy && { ...replacedBy, createdAt: replacedBy.createdAt.toISOString() },
    stopsAt: expiresAt?.toISOString() ?? null,
  }
}
