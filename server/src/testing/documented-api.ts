import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { expect } from 'vitest'
import { errorStatus } from '../contract/errors.ts'
import { requestOf, type RouteInput } from '../contract/request.ts'
import type { Route, RouteResponse } from '../contract/route.ts'
import type { Api } from './api.ts'
import { wrongBodies } from './wrong-bodies.ts'

type Json = { [key: string]: unknown }
interface Content { schema?: Json }
interface Operation {
  operationId: string
  parameters: { name: string; in: string }[]
  requestBody?: { content: Record<string, Content> }
  responses: Record<string, { content?: Record<string, Content> }>
}
/** `place` is where it stands in the document. */
interface Documented extends Operation { place: string[] }

/** An OpenAPI document as the server serves it. */
export interface ApiDocument {
  paths: Record<string, Record<string, Operation>>
  components: Json
}

type InputOf<R extends Route> = Record<string, never> extends RouteInput<R> ? [input?: RouteInput<R>] : [input: RouteInput<R>]
/** Calls an operation, which has to succeed; gives the body of the answer, of a stream as text. */
export type DocumentedCall = <R extends Route>(route: R, ...input: InputOf<R>) => Promise<RouteResponse<R>>

/**
 * Calls operations by their documentation alone, and holds every answer to it: the first time with requests that the document rules out, or that
 * name nothing, which have to be refused with a documented error; then with the request itself. `called` names what has succeeded.
 * The server has to believe one proxy, as guessing is slowed down by address.
 */
export function createDocumentedApi(document: ApiDocument) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  const called = new Set<string>()
  ajv.addSchema(document, 'api')
  const validators = new Map<string, ValidateFunction>()
  /** Of the schema at a place of the document. */
  function validatorAt(...place: string[]): ValidateFunction {
    const pointer = place.map((name) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')
    const validator = validators.get(pointer) ?? ajv.compile({ $ref: `api#/${pointer}` })
    validators.set(pointer, validator)
    return validator
  }
  const isError = validatorAt('components', 'schemas', 'Error')
  let strangers = 0
  /** From an address of its own. */
  async function sendWrong(by: Api, { method, path, body }: Request, headers: Record<string, string>): Promise<Response> {
    strangers += 1
    return by.fetch(path, { method, headers: { ...headers, 'x-forwarded-for': `10.0.${strangers >> 8}.${strangers & 255}` }, ...(body === undefined ? {} : { body }) })
  }

  function operationOf(route: Route): Documented {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    const method = route.method.toLowerCase()
    const operation = document.paths[path]?.[method]
    if (!operation) throw new Error(`${route.method} ${route.path} is not documented.`)
    return { ...operation, place: ['paths', path, method] }
  }

  /** `by` is who calls. */
  function as(by: Api): DocumentedCall {
    return async <R extends Route>(route: R, ...[input]: InputOf<R>) => {
      const operation = operationOf(route)
      const request = requestOf(route, (input ?? {}) as RouteInput<R>)
      if (!called.has(operation.operationId)) {
        await refusesWhatIsWrong(by, operation, request, (input as { body?: unknown } | undefined)?.body)
        await findsNothing(by, operation, route, input)
      }
      const response = await send(by, request)
      const body = await answerAsDocumented(operation, response)
      called.add(operation.operationId)
      return body as RouteResponse<R>
    }
  }

  async function refusesWhatIsWrong(by: Api, { operationId, parameters, requestBody, place }: Documented, request: Request, body: unknown): Promise<void> {
    if (parameters.some((parameter) => parameter.in === 'query')) {
      const path = `${request.path}${request.path.includes('?') ? '&' : '?'}no-such-parameter=1`
      await expectError(await sendWrong(by, { ...request, path }, json), 'invalid_request', `${operationId} with a parameter that is not documented`)
    }
    if (!requestBody) return
    const isBody = validatorAt(...place, 'requestBody', 'content', 'application/json', 'schema')
    expect(isBody(body), `the body sent to ${operationId} is not what is documented: ${ajv.errorsText(isBody.errors)}`).toBe(true)
    await expectError(await sendWrong(by, { method: request.method, path: request.path }, {}), 'unsupported_media_type', `${operationId} without a body`)
    await expectError(await sendWrong(by, { ...request, body: '{' }, json), 'invalid_json', `${operationId} with a broken body`)
    for (const wrong of wrongBodies(body, (candidate) => isBody(candidate))) {
      const text = JSON.stringify(wrong)
      await expectError(await sendWrong(by, { ...request, body: text }, json), 'invalid_request', `${operationId} with ${text.slice(0, 400)}`)
    }
  }

  /** Each name in the path in turn, the project's aside. */
  async function findsNothing(by: Api, { operationId, parameters }: Documented, route: Route, input: unknown): Promise<void> {
    const known = input as RouteInput<Route> & { params?: Record<string, string> }
    for (const { name } of parameters.filter((parameter) => parameter.in === 'path' && parameter.name !== 'project')) {
      const request = requestOf(route, { ...known, params: { ...known.params, [name]: 'no-such-thing' } })
      await expectError(await sendWrong(by, request, json), 'not_found', `${operationId} of a ${name} that is not there`)
    }
  }

  async function expectError(response: Response, code: keyof typeof errorStatus, what: string): Promise<void> {
    const text = await response.text()
    expect([response.status, errorCode(text)], `${what} answered ${text.slice(0, 400)}`).toEqual([errorStatus[code], code])
  }

  function errorCode(text: string): string {
    const body = JSON.parse(text) as { error: { code: string } }
    expect(isError(body), `${text} is not a documented error: ${ajv.errorsText(isError.errors)}`).toBe(true)
    return body.error.code
  }

  async function answerAsDocumented({ operationId, responses, place }: Documented, response: Response): Promise<unknown> {
    const type = response.headers.get('content-type')?.split(';', 1)[0] ?? ''
    // An endless stream is left after what it says first.
    const text = type === 'text/event-stream' ? await firstPiece(response) : await response.text()
    const said = `${operationId} answered ${response.status} ${text.slice(0, 400)}`
    const documented = responses[response.status]
    if (!documented) throw new Error(`${said}; documented are ${Object.keys(responses).join(', ')}`)
    if (!documented.content) {
      expect(text, said).toBe('')
      return undefined
    }
    const content = documented.content[type]
    if (!content) throw new Error(`${operationId} answered with ${type}; documented are ${Object.keys(documented.content).join(', ')}`)
    if (content.schema?.['type'] === 'string') return text
    const body: unknown = JSON.parse(text)
    const isResponse = validatorAt(...place, 'responses', String(response.status), 'content', type, 'schema')
    expect(isResponse(body), `${said}, which is not what is documented: ${ajv.errorsText(isResponse.errors)}`).toBe(true)
    return body
  }

  return { called, as }
}

type Request = ReturnType<typeof requestOf>
const json = { 'content-type': 'application/json' }

function send(by: Api, { method, path, body }: Request): Promise<Response> {
  return by.fetch(path, { method, ...(body === undefined ? {} : { body, headers: json }) })
}

async function firstPiece(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  const piece = await reader?.read()
  await reader?.cancel()
  return new TextDecoder().decode(piece?.value)
}
