import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiDocument, createDocumentedApi } from '../testing/documented-api.ts'
import { callAccounts, callApiTokens } from '../testing/operations/accounts.ts'
import { callCohorts, callExperiments, callMetrics, callResults } from '../testing/operations/experiments.ts'
import { callExports, callExportSchedules, callWebhooks } from '../testing/operations/exports.ts'
import { callChanges, callFlags, callLayers } from '../testing/operations/flags.ts'
import { callAudit, callProjects } from '../testing/operations/projects.ts'
import type { Stage } from '../testing/operations/stage.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
let document: ApiDocument
let documented: ReturnType<typeof createDocumentedApi>
let stage: Stage

beforeAll(async () => {
  server = await startTestServer({ env: { ASSAY_TRUST_PROXY: '1' } })
  document = (await (await server.anonymous().fetch('/api/v1/openapi.json')).json()) as ApiDocument
  documented = createDocumentedApi(document)
  stage = { server, call: documented.as(server.admin), as: documented.as, params: { project: server.project } }
})
afterAll(() => server.close())

/** In this order: what is exported was made before. */
const parts: [name: string, calls: (stage: Stage) => Promise<void>][] = [
  ['accounts', callAccounts],
  ['API tokens', callApiTokens],
  ['projects', callProjects],
  ['flags', callFlags],
  ['changes', callChanges],
  ['layers', callLayers],
  ['cohorts', callCohorts],
  ['metrics', callMetrics],
  ['experiments', callExperiments],
  ['results', callResults],
  ['exports', callExports],
  ['export schedules', callExportSchedules],
  ['webhooks', callWebhooks],
  ['the audit', callAudit],
]

test.each(parts)('%s answer as they are documented, and refuse what is not', async (_name, calls) => {
  await calls(stage)
})

test('every documented operation was called and succeeded', () => {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId))
  expect(operations.filter((operation) => !documented.called.has(operation)), 'give each a call in server/src/testing/operations').toEqual([])
})
