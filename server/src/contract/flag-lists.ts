import * as z from 'zod/mini'
import { flagKey, title, variantKey } from './fields.ts'
import { flagSortKeys, flagViewKeys } from './flag-views.ts'
import { flagKind, flagSummary, lifecycleState, someFlags } from './flags.ts'
import { defineRoutes } from './route.ts'
import { flagType } from './ruleset.ts'

const text = z.exactOptional(z.string().check(z.maxLength(500)))

/** What narrows a list of flags; `q` finds words of name, key, owner and tags, the owner `nobody` finds flags without one. */
export const flagFilters = { view: z.exactOptional(z.enum(flagViewKeys)), q: text, kind: z.exactOptional(flagKind), tag: text, owner: text, state: z.exactOptional(lifecycleState) }

/** A flag in as few words as choosing it takes. */
export const flagName = z.object({
  key: flagKey,
  name: z.string(),
  type: flagType,
  variants: z.array(z.object({ key: variantKey, name: z.exactOptional(title) })),
  /** Changes that wait for review or for their time. */
  openChanges: z.int(),
  /** An experiment that runs on it. */
  running: z.nullable(z.string()),
})
export type FlagName = z.infer<typeof flagName>

export const flagViewCounts = z.object({
  /** Flags in each saved view, whatever else narrows the list. */
  views: z.record(z.enum(flagViewKeys), z.int()),
  /** Tags and owners in use, to choose from. */
  tags: z.array(z.string()),
  owners: z.array(z.string()),
  /** False while the event store does not answer: what is to clean up is then told by days of removal alone. */
  usageKnown: z.boolean(),
})
export type FlagViewCounts = z.infer<typeof flagViewCounts>

export const MOST_FLAGS = 200
export const flagPage = z.object({
  flags: z.array(flagSummary),
  /** Flags that the filters leave, on all pages. */
  matching: z.int(),
  /** Flags of the view, without the filters. */
  inView: z.int(),
  /** `cursor` of the next page; null on the last. */
  nextCursor: z.nullable(z.string()),
})
export type FlagPage = z.infer<typeof flagPage>

export const flagListRoutes = defineRoutes({
  listFlags: {
    method: 'GET', path: '/api/v1/projects/:project/flags', summary: 'Flags with their state in each environment, page by page', access: 'project.read',
    query: z.strictObject({
      ...flagFilters,
      sort: z.exactOptional(z.enum(flagSortKeys)),
      order: z.exactOptional(z.enum(['asc', 'desc'])),
      cursor: z.exactOptional(z.string().check(z.maxLength(2000))),
      limit: z.exactOptional(z.coerce.number().check(z.int('Use a whole number.'), z.gte(1), z.lte(MOST_FLAGS))),
    }),
    response: flagPage,
  },
  listFlagNames: {
    method: 'GET', path: '/api/v1/projects/:project/flag-names', summary: 'Key, name and variants of every flag that the filters leave, by key', access: 'project.read',
    query: z.strictObject({ ...flagFilters, flags: z.exactOptional(someFlags) }), response: z.object({ flags: z.array(flagName) }),
  },
  countFlags: {
    method: 'GET', path: '/api/v1/projects/:project/flag-views', summary: 'How many flags each saved view holds, and the tags and owners in use', access: 'project.read',
    response: flagViewCounts,
  },
})
