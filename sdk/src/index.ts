/** The SDK for Node services: evaluates in the process, follows the ruleset, sends exposures and events. */
export { createClient } from './client/client.ts'
export type { Client, Details, Instant, OutsideExposure, Status, TrackOptions } from './client/client-api.ts'
export type { QueueCounts } from './client/event-queue.ts'
export type { Fetch, FetchInit, FetchResponse } from './client/fetch.ts'
export type { Update } from './client/held-ruleset.ts'
export type { ClientOptions, Logger } from './client/options.ts'
export type { Timers } from './client/timers.ts'
export type { Context, ErrorCode, Evaluation, FlagType, Json, Reason, Ruleset } from './core/index.ts'
