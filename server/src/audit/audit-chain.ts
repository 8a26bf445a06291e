import { createHash } from 'node:crypto'
import { canonicalJson } from '../contract/canonical-json.ts'

/** An audit entry as it is hashed: every member is always there, but `tokenName` only where it is not null. */
export interface ChainedEntry {
  projectId: string
  seq: number
  at: Date
  actorId: string | null
  actorName: string
  tokenName: string | null
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
  const { projectId, seq, at, actorId, actorName, tokenName, action, entityKind, entityKey, environment, before, after, reason, revision } = entry
  const members = { projectId, seq, at: at.toISOString(), actorId, actorName, action, entityKind, entityKey, environment, before: before ?? null, after: after ?? null, reason, revision }
  // An entry that no token made is hashed as it was before there were any.
  const text = canonicalJson(tokenName === null ? members : { ...members, tokenName })
  return createHash('sha256').update(`${previousHash}\n${text}`).digest('hex')
}
