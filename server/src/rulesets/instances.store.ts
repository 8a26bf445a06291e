import type { Database } from '../platform/postgres.ts'

/** Says that an SDK of an environment acknowledged another version than before: the environment's id. */
export const ACKNOWLEDGED_CHANNEL = 'assay_acknowledged'

/** An SDK acknowledges every 60 s: one that missed three is not connected. */
export const CONNECTED_WITHIN_MS = 180_000

/** The newest acknowledgement of one connected SDK. */
export interface SeenInstance {
  environmentId: string
  instanceId: string
  sdk: string
  epoch: string
  version: number
  appliedAt: Date
  seenAt: Date
}

export interface HeardInstance extends SeenInstance {
  /** It said that it ends. */
  hasLeft: boolean
  /** When it was first heard of this version, of those that are stored together. */
  heardAt: Date
}

/** How far the newest ruleset of an environment has come. */
export interface StoredStanding {
  projectId: string
  environment: string
  /** Null before the first ruleset. */
  epoch: string | null
  version: number
  publishedAt: Date | null
  connected: number
  upToDate: number
  /** The last time that one of those connected replaced an older ruleset by the newest. */
  acknowledgedAt: Date | null
}

export function createInstancesStore(db: Database) {
  return {
    /** One statement for all; an environment that is gone is left out, an older acknowledgement never replaces a newer one. */
    async upsertAll(instances: readonly HeardInstance[]): Promise<void> {
      if (instances.length === 0) return
      await db.$executeRaw`
        WITH "heard" AS (
          SELECT e."id" AS "environmentId", s."instanceId", s."sdk", s."epoch", s."version", s."appliedAt", s."seenAt", s."hasLeft",
            i."epoch" IS DISTINCT FROM s."epoch" OR i."version" IS DISTINCT FROM s."version" OR i."hasLeft" IS DISTINCT FROM s."hasLeft" AS "moved",
            CASE
              WHEN i."epoch" = s."epoch" AND i."version" = s."version" THEN i."acknowledgedAt"
              WHEN NOT i."hasLeft" AND i."seenAt" >= s."heardAt" - ${CONNECTED_WITHIN_MS} * interval '1 millisecond' THEN s."heardAt"
            END AS "acknowledgedAt"
          FROM jsonb_to_recordset(${JSON.stringify(instances)}::jsonb)
            AS s("environmentId" uuid, "instanceId" text, "sdk" text, "epoch" text, "version" int, "appliedAt" timestamptz, "seenAt" timestamptz, "heardAt" timestamptz, "hasLeft" boolean)
          JOIN "environment" e ON e."id" = s."environmentId"
          LEFT JOIN "sdk_instance" i ON i."environmentId" = e."id" AND i."instanceId" = s."instanceId"
        ), "kept" AS (
          INSERT INTO "sdk_instance" ("environmentId", "instanceId", "sdk", "epoch", "version", "appliedAt", "seenAt", "acknowledgedAt", "hasLeft")
          SELECT "environmentId", "instanceId", "sdk", "epoch", "version", "appliedAt", "seenAt", "acknowledgedAt", "hasLeft" FROM "heard"
          ON CONFLICT ("environmentId", "instanceId") DO UPDATE
            SET "sdk" = excluded."sdk", "epoch" = excluded."epoch", "version" = excluded."version", "appliedAt" = excluded."appliedAt", "seenAt" = excluded."seenAt", "acknowledgedAt" = excluded."acknowledgedAt", "hasLeft" = excluded."hasLeft"
            WHERE "sdk_instance"."seenAt" <= excluded."seenAt"
        )
        SELECT pg_notify(${ACKNOWLEDGED_CHANNEL}, "environmentId"::text) FROM (SELECT DISTINCT "environmentId" FROM "heard" WHERE "moved") AS "told"`
    },

    /** Instances seen since then that have not left, the most recently seen first. */
    async seenSince(environmentId: string, since: Date): Promise<SeenInstance[]> {
      return db.sdkInstance.findMany({ where: { environmentId, seenAt: { gte: since }, hasLeft: false }, orderBy: [{ seenAt: 'desc' }, { instanceId: 'asc' }] })
    },

    /** Null for an environment that does not exist. Instances seen since then that have not left count as connected. */
    async standing(environmentId: string, since: Date): Promise<StoredStanding | null> {
      const rows = await db.$queryRaw<StoredStanding[]>`
        SELECT e."projectId"::text AS "projectId", e."key" AS "environment", r."epoch", e."rulesetVersion" AS "version", r."createdAt" AS "publishedAt",
          count(i."instanceId")::int AS "connected",
          (count(*) FILTER (WHERE i."epoch" = r."epoch" AND i."version" = r."version"))::int AS "upToDate",
          max(i."acknowledgedAt") FILTER (WHERE i."epoch" = r."epoch" AND i."version" = r."version") AS "acknowledgedAt"
        FROM "environment" e
        LEFT JOIN "ruleset" r ON r."environmentId" = e."id" AND r."version" = e."rulesetVersion"
        LEFT JOIN "sdk_instance" i ON i."environmentId" = e."id" AND i."seenAt" >= ${since} AND NOT i."hasLeft"
        WHERE e."id" = ${environmentId}::uuid
        GROUP BY e."id", r."epoch", r."version", r."createdAt"`
      return rows[0] ?? null
    },

    async forgetBefore(seenAt: Date): Promise<void> {
      await db.sdkInstance.deleteMany({ where: { seenAt: { lt: seenAt } } })
    },
  }
}
