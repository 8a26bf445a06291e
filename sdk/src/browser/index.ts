/** The SDK for pages: values for one visitor, exposures and events. */
export type * from '../flags.ts'
export type { Instant, Status, TrackOptions } from '../client/client-api.ts'
export type { DropCause, QueueCounts } from '../client/event-queue.ts'
export type { Context, Json } from '../core/index.ts'
export type { BrowserClient, BrowserClientOptions, BrowserDetails, BrowserStorage } from './browser-api.ts'
export { createBrowserClient } from './client.ts'
export type { Bootstrap, EvaluatedFlag, FlagMetadata } from './evaluated-flag.ts'
