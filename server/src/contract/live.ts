import * as z from 'zod/mini'
import { standing } from './projects.ts'
import { defineRoutes } from './route.ts'

/** One thing that is no longer as it was: what it is, never what it says. */
export const liveChange = z.object({
  /** As the audit log names it, such as `flag`; or `analysis`, an experiment's newest numbers, which no log holds. */
  kind: z.string(),
  key: z.string(),
  environment: z.nullable(z.string()),
  revision: z.nullable(z.int()),
})
export type LiveChange = z.infer<typeof liveChange>

/** `data` of an event `changed` of the stream. */
export const liveChanges = z.object({
  changes: z.array(liveChange),
  /** More was missed than is named: anything may have changed. */
  all: z.boolean(),
})
export type LiveChanges = z.infer<typeof liveChanges>

/** `data` of an event `acknowledged`: how far the newest ruleset of an environment has come. */
export const liveAcknowledged = z.extend(standing, { environment: z.string() })
export type LiveAcknowledged = z.infer<typeof liveAcknowledged>

/** `data` of an event `reconnect`. */
export const liveReconnect = z.object({ retryMs: z.number() })

const position = 'Give the id of an event.'

export const liveRoutes = defineRoutes({
  streamChanges: {
    method: 'GET', path: '/api/v1/projects/:project/live', summary: 'What changes in the project, as server-sent events', access: 'project.read',
    query: z.strictObject({ /** `id` of the last event received: what was missed since comes first. `Last-Event-ID` says the same, and counts more. */ after: z.exactOptional(z.coerce.number(position).check(z.int(position), z.gte(0, position))) }),
    streams: ['text/event-stream'],
  },
})
