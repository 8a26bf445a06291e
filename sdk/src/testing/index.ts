/** For tests of code that uses flags: a client in memory. */
export type * from '../flags.ts'
export { createTestClient, type RecordedEvent, type RecordedExposure, type TestClient, type TestClientOptions } from './test-client.ts'
export type { Override, TestFlags } from './test-flags.ts'
