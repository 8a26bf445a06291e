import type { Database, Tx } from '../platform/postgres.ts'

/** The id of a session that was ended. */
export const SESSION_CHANNEL = 'assay_session'

export interface StoredSession {
  id: string
  userId: string
  refreshHash: string
  previousHash: string | null
  rotatedAt: Date
  expiresAt: Date
  createdAt: Date
}

export function createSessionsStore(db: Database | Tx) {
  return {
    async insert(session: Omit<StoredSession, 'previousHash'> & { userAgent: string }): Promise<void> {
      await db.session.create({ data: session })
      await db.session.deleteMany({ where: { userId: session.userId, expiresAt: { lt: session.createdAt } } })
    },

    /** A session that is neither revoked nor expired, under its row's lock: two refreshes of one session come one after the other. */
    async lock(id: string, now: Date): Promise<StoredSession | null> {
      await db.$queryRaw`SELECT 1 AS locked FROM "session" WHERE "id" = ${id}::uuid FOR UPDATE`
      return db.session.findFirst({ where: { id, revokedAt: null, expiresAt: { gt: now } } })
    },

    async rotate(id: string, next: Pick<StoredSession, 'refreshHash' | 'previousHash' | 'rotatedAt' | 'expiresAt'>): Promise<void> {
      await db.session.update({ where: { id }, data: next })
    },

    async revoke(id: string, at: Date): Promise<void> {
      await db.session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at } })
      await db.$executeRaw`SELECT pg_notify(${SESSION_CHANNEL}, ${id})`
    },

    /** The person of a live session. */
    async userOf(id: string, now: Date): Promise<{ id: string; name: string; lastSeenAt: Date | null } | null> {
      const session = await db.session.findFirst({ where: { id, revokedAt: null, expiresAt: { gt: now } }, select: { user: { select: { id: true, name: true, lastSeenAt: true } } } })
      return session?.user ?? null
    },

    async seen(userId: string, at: Date): Promise<void> {
      await db.user.updateMany({ where: { id: userId }, data: { lastSeenAt: at } })
    },
  }
}
