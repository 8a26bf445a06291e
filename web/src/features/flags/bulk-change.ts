import type { FlagDetail } from '@assay/server/contract'

/** One change of all the flags selected. */
export type BulkChange = { type: 'tag'; tag: string } | { type: 'owner'; owner: string } | { type: 'archive'; reason: string }

/** The same, as a change of one flag's definition. */
export function definitionChange(flag: Pick<FlagDetail, 'tags'>, change: Exclude<BulkChange, { type: 'archive' }>): { tags: string[] } | { owner: string } {
  switch (change.type) {
    case 'tag':
      return { tags: [...new Set([...flag.tags, change.tag])] }
    case 'owner':
      return { owner: change.owner }
  }
}

/** What was done, for the message: `3 flags tagged mobile`. */
export function bulkWords(change: BulkChange, flags: string): string {
  switch (change.type) {
    case 'tag':
      return `${flags} tagged ${change.tag}`
    case 'owner':
      return `${flags} given to ${change.owner}`
    case 'archive':
      return `${flags} archived`
  }
}
