import type { Database, Tx } from '../platform/postgres.ts'

export interface SetupState {
  /** Hash of the open token. */
  tokenHash: string | null
  done: boolean
}

/** The set-up is part of the installation's one row, which is there since the stores were opened. */
export function createSetupStore(db: Database | Tx) {
  async function find(): Promise<SetupState> {
    const row = await db.installation.findUniqueOrThrow({ where: { id: 1 }, select: { setupTokenHash: true, setupCompletedAt: true } })
    return { tokenHash: row.setupTokenHash, done: row.setupCompletedAt !== null }
  }

  return {
    find,

    /** `find` under the row's lock: of two set-ups at a time one sees that the other is done. */
    async lock(): Promise<SetupState> {
      await db.$queryRaw`SELECT 1 AS locked FROM "installation" WHERE "id" = 1 FOR UPDATE`
      return find()
    },

    /** False where the set-up is done. */
    async setToken(tokenHash: string): Promise<boolean> {
      return (await db.installation.updateMany({ where: { id: 1, setupCompletedAt: null }, data: { setupTokenHash: tokenHash } })).count === 1
    },

    async complete(at: Date): Promise<void> {
      await db.installation.update({ where: { id: 1 }, data: { setupTokenHash: null, setupCompletedAt: at } })
    },
  }
}
