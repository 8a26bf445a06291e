import type { Database } from '../platform/postgres.ts'

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

export function createInstancesStore(db: Database) {
  return {
    /** One statement for all; an environment that is gone is left out, an older acknowledgement never replaces a newer one. */
    async upsertAll(instances: readonly SeenInstance[]): Promise<void> {
      if (instances.length === 0) return
      await db.$executeRaw`
        INSERT INTO "sdk_instance" ("environmentId", "instanceId", "sdk", "epoch", "version", "appliedAt", "seenAt")
        SELECT e."id", s."instanceId", s."sdk", s."epoch", s."version", s."appliedAt", s."seenAt"
        FROM jsonb_to_recordset(${JSON.stringify(instances)}::jsonb)
          AS s("environmentId" uuid, "instanceId" text, "sdk" text, "epoch" text, "version" int, "appliedAt" timestamptz, "seenAt" timestamptz)
        JOIN "environment" e ON e."id" = s."environmentId"
        ON CONFLICT ("environmentId", "instanceId") DO UPDATE
          SET "sdk" = excluded."sdk", "epoch" = excluded."epoch", "version" = excluded."version", "appliedAt" = excluded."appliedAt", "seenAt" = excluded."seenAt"
          WHERE "sdk_instance"."seenAt" <= excluded."seenAt"`
    },

    /** Instances seen since then, the most recently seen first. */
    async seenSince(environmentId: string, since: Date): Promise<SeenInstance[]> {
      return db.sdkInstance.findMany({ where: { environmentId, seenAt: { gte: since } }, orderBy: [{ seenAt: 'desc' }, { instanceId: 'asc' }] })
    },

    async forgetBefore(seenAt: Date): Promise<void> {
      await db.sdkInstance.deleteMany({ where: { seenAt: { lt: seenAt } } })
    },
  }
}
