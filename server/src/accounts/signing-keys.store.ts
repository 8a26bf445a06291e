import type { Database, Tx } from '../platform/postgres.ts'
import type { SigningSecret } from './access-token.ts'

export interface StoredSigningKey extends SigningSecret {
  createdAt: Date
}

export function createSigningKeysStore(db: Database | Tx) {
  return {
    /** Keys that verify, the one that signs first. */
    async list(): Promise<StoredSigningKey[]> {
      return db.signingKey.findMany({ where: { retiredAt: null }, orderBy: [{ createdAt: 'desc' }, { kid: 'asc' }], select: { kid: true, secret: true, createdAt: true } })
    },

    async insert(key: StoredSigningKey): Promise<void> {
      await db.signingKey.create({ data: key })
    },

    async retire(kids: string[], at: Date): Promise<void> {
      await db.signingKey.updateMany({ where: { kid: { in: kids }, retiredAt: null }, data: { retiredAt: at } })
    },
  }
}
