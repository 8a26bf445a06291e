import { randomBytes } from 'node:crypto'
import type { Base } from '../base.ts'
import { ACCESS_SECONDS, type SigningSecret } from './access-token.ts'
import { createSigningKeysStore, type StoredSigningKey } from './signing-keys.store.ts'

const ROTATE_MS = 90 * 24 * 60 * 60_000
/** How long another instance may go on signing with the key before the newest one. */
const CACHE_MS = 60_000
/** A token with an unknown key id makes this instance look again, but not more often than this. */
const LOOK_AGAIN_MS = 1_000

export interface SigningKeys {
  /** The key that signs. The first use on an empty installation creates it, and one that is 90 days old is replaced. */
  current(): Promise<SigningSecret>
  /** A key that verifies; null for one that is unknown or retired. */
  find(kid: string): Promise<SigningSecret | null>
  /** Signs with a new key from now on; tokens of the old ones stay valid until they expire. */
  rotate(): Promise<void>
}

export function createSigningKeys({ db, now }: Pick<Base, 'db' | 'now'>): SigningKeys {
  const store = createSigningKeysStore(db)
  let keys: StoredSigningKey[] = []
  let loadedAt = Number.NEGATIVE_INFINITY

  async function load(): Promise<void> {
    keys = await store.list()
    loadedAt = now().getTime()
    // Once every token that a replaced key can have signed is expired, the key verifies nothing any more.
    const [newest, ...replaced] = keys
    if (!newest || replaced.length === 0 || loadedAt - newest.createdAt.getTime() < CACHE_MS + ACCESS_SECONDS * 1000) return
    await store.retire(replaced.map((key) => key.kid), now())
    keys = [newest]
  }

  async function add(): Promise<void> {
    await store.insert({ kid: randomBytes(9).toString('base64url'), secret: randomBytes(32).toString('base64url'), createdAt: now() })
    await load()
  }

  return {
    async current() {
      const at = now().getTime()
      if (at - loadedAt >= CACHE_MS) await load()
      if (keys[0] === undefined || at - keys[0].createdAt.getTime() >= ROTATE_MS) await add()
      const [newest] = keys
      if (!newest) throw new Error('The signing key that was just written is not there.')
      return newest
    },
    async find(kid) {
      const age = now().getTime() - loadedAt
      if (age >= CACHE_MS || (age >= LOOK_AGAIN_MS && !keys.some((key) => key.kid === kid))) await load()
      return keys.find((key) => key.kid === kid) ?? null
    },
    rotate: add,
  }
}
