import * as z from 'zod/mini'
import { instant } from './fields.ts'
import { defineRoutes } from './route.ts'

/**
 * What waits for a person. Experiments: `harm` (one that runs does harm), `distrust` (its numbers cannot be trusted), `decide`, `start` (a draft). Changes: `conflict`, `revise`
 * (somebody asked for changes), `review`, `apply`, `rejected`. Hypotheses: `expose` (nobody has said which flag shows it), `write` (unfinished). `task`, `remove` (a flag
 * past its day), `export` (a scheduled one failed), `webhook` (nothing comes through), `key` (rotated, stops by itself, and is still used).
 */
export const waitingKind = z.enum(['harm', 'distrust', 'decide', 'start', 'conflict', 'revise', 'review', 'apply', 'rejected', 'expose', 'write', 'task', 'remove', 'export', 'webhook', 'key'])
export type WaitingKind = z.infer<typeof waitingKind>

/** `now`: people or data suffer, or its time has passed. `next`: others wait for it. `later`: when there is time. */
export const urgency = z.enum(['now', 'next', 'later'])
export type Urgency = z.infer<typeof urgency>

export const waitingItem = z.object({
  kind: waitingKind,
  urgency,
  /** Key of the experiment, change, hypothesis, task or flag; first characters of an SDK key; the id of a scheduled export or a webhook. */
  key: z.string(),
  title: z.string(),
  /** What it waits for, and why for you. */
  sentence: z.string(),
  /** Since when. */
  since: instant,
})
export type WaitingItem = z.infer<typeof waitingItem>

/** The most urgent first, and of the same urgency what is most pressing and waits longest. */
export const inbox = z.object({
  items: z.array(waitingItem),
  /** Of everything that waits: `items` has the first of them. */
  counts: z.object({ now: z.int(), next: z.int(), later: z.int() }),
})
export type Inbox = z.infer<typeof inbox>

export const inboxRoutes = defineRoutes({
  getInbox: { method: 'GET', path: '/api/v1/projects/:project/inbox', summary: 'What waits for you, the most urgent first: up to 100 items, and how many there are', access: 'project.read', response: inbox },
})
