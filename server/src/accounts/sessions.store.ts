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

export interface LiveSession {
  id: string
  userAgent: string
  createdAt: Date
  lastActiveAt: Date
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

    /** Ends every live session of a person, but the one that is kept; says how many. */
    async revokeAll(userId: string, at: Date, kept: string | null = null): Promise<number> {
      const ended = (await this.live(userId, at)).filter((session) => session.id !== kept)
      for (const { id } of ended) await this.revoke(id, at)
      return ended.length
    },

    /** Sessions of a person that are neither revoked nor expired, the one used last first. */
    async live(userId: string, now: Date): Promise<LiveSession[]> {
      const rows = await db.session.findMany({ where: { userId, revokedAt: null, expiresAt: { gt: now } }, select: { id: true, userAgent: true, createdAt: true, rotatedAt: true, lastSeenAt: true } })
      return rows
        .map(({ rotatedAt, lastSeenAt, ...row }) => ({ ...row, lastActiveAt: lastSeenAt !== null && lastSeenAt > rotatedAt ? lastSeenAt : rotatedAt }))
        .sort((a, b) => b.lastActiveAt.getTime() - a.lastActiveAt.getTime())
    },

    /** A live session and its person. */
    async userOf(id: string, now: Date): Promise<{ id: string; name: string; lastSeenAt: Date | null; signedInAt: Date } | null> {
      const session = await db.session.findFirst({ where: { id, revokedAt: null, expiresAt: { gt: now } }, select: { createdAt: true, lastSeenAt: true, user: { select: { id: true, name: true } } } })
      return session && { ...session.user, lastSeenAt: session.lastSeenAt, signedInAt: session.createdAt }
    },

    async seen(userId: string, id: string, at: Date): Promise<void> {
      await db.session.updateMany({ where: { id }, data: { lastSeenAt: at } })
      await db.user.updateMany({ where: { id: userId }, data: { lastSeenAt: at } })
    },
  }
}
