import type { Api } from '../api.ts'
import type { DocumentedCall } from '../documented-api.ts'
import type { TestServer } from '../test-server.ts'

/** What the calls of a part of the API are made with. */
export interface Stage {
  server: TestServer
  /** Calls as the admin of `shop`. */
  call: DocumentedCall
  /** Calls as somebody else. */
  as(api: Api): DocumentedCall
  params: { project: 'shop' }
}
