import * as z from 'zod/mini'
import { json, share, slug } from './fields.ts'
import { defineRoutes } from './route.ts'

/** What services say of the units they decide for: names and values that a condition can ask. */
export const knownAttribute = z.object({
  /** Dotted path, as a condition names it. */
  path: z.string(),
  /** Of the units seen lately, those of whom it was known. */
  share,
  /** Values that at least two units have, most frequent first, at most 20; what only one has may name a person. */
  values: z.array(json),
})
export type KnownAttribute = z.infer<typeof knownAttribute>

export const attributeRoutes = defineRoutes({
  listAttributes: {
    method: 'GET', path: '/api/v1/projects/:project/attributes', summary: 'Attributes that services sent lately, with their values: what conditions can ask', access: 'project.read',
    query: z.strictObject({ /** Kind of unit; `user` unless told. */ unit: z.exactOptional(slug) }),
    response: z.object({ /** Where they were seen: production where anybody was, else the first other environment; null where nobody was seen at all. */ environment: z.nullable(slug), units: z.int(), attributes: z.array(knownAttribute) }),
  },
})
