import { createHash } from 'node:crypto'
import { canonicalJson } from '../contract/canonical-json.ts'

/** An audit entry as it is hashed: every member is always there. */
export interface ChainedEntry {
  projectId: string
  seq: number
  at: Date
  actorId: string | null
  actorName: string
  action: string
  entityKind: string
  entityKey: string
  environment: string | null
  before: unknown
  after: unknown
  reason: string | null
  revision: number | null
}

/** `previousHash` of the first entry of a chain. */
export const CHAIN_START = ''

/** SHA-256 in hex over the previous entry's hash, a line feed, and the entry's canonical JSON. */
export function chainHash(previousHash: string, entry: ChainedEntry): string {
  const { projectId, seq, at, actorId, actorName, action, entityKind, entityKey, environment, before, after, reason, revision } = entry
  const text = canonicalJson({ projectId, seq, at: at.toISOString(), actorId, actorName, action, entityKind, entityKey, environment, before: before ?? null, after: after ?? null, reason, revision })
  return createHash('sha256').update(`${previousHash}\n${text}`).digest('hex')
}
