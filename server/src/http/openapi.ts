import * as z from 'zod/mini'
import { errorStatus } from '../contract/errors.ts'
import { permissions } from '../contract/roles.ts'
import type { Route } from '../contract/route.ts'
import { takesTokens } from './register.ts'

type Json = { [key: string]: unknown }

/** The OpenAPI 3.1 document of a table of routes: what it says is what the server validates, as both come from the same schemas. */
export function openApi(routes: Readonly<Record<string, Route>>): Json {
  const shared: Json = { Error: errorSchema() }
  const paths: Record<string, Json> = {}
  for (const [name, route] of Object.entries(routes)) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route, shared) }
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { title: 'Assay', version: '1', description: 'Feature flags and hypothesis experiments. Every error has the same body; `code` is stable, `message` is for people.' },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: shared,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'assay_session', description: 'Set by signing in.' },
        token: { type: 'http', scheme: 'bearer', bearerFormat: 'assay_pat_…', description: 'An API token of one project, made under Settings, API tokens. It does no more than its role and its person may do.' },
      },
    },
  }
}

function operation(name: string, route: Route, shared: Json): Json {
  const pathNames = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
  const status = route.status ?? (route.response || route.streams ? 200 : 204)
  const { access } = route
  return {
    operationId: name,
    summary: route.summary,
    ...(access === 'public' || access === 'session' ? {} : { description: `Roles: ${permissions[access].map((role) => role.replace('_', ' ')).join(', ')}.` }),
    tags: [/^\/api\/v1\/(?:projects\/:project\/)?(\w+)/.exec(route.path)?.[1] ?? 'other'],
    security: access === 'public' ? [] : [{ session: [] }, ...(takesTokens(route) ? [{ token: [] }] : [])],
    parameters: [
      ...pathNames.map((parameter) => ({ name: parameter, in: 'path', required: true, schema: { type: 'string' } })),
      ...queryParameters(name, route, shared),
    ],
    ...(route.body ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(`${name}_body`, route.body, 'input', shared) } } } } : {}),
    responses: {
      [status]: { description: 'Success', ...success(name, route, shared) },
      default: { description: 'Error', content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } },
    },
  }
}

function success(name: string, route: Route, shared: Json): Json {
  if (route.streams) return { content: Object.fromEntries(route.streams.map((type) => [type, { schema: { type: 'string' } }])) }
  return route.response ? { content: { 'application/json': { schema: schemaOf(`${name}_response`, route.response, 'output', shared) } } } : {}
}

function queryParameters(name: string, route: Route, shared: Json): Json[] {
  if (!route.query) return []
  const { properties = {}, required = [] } = schemaOf(`${name}_query`, route.query, 'output', shared) as { properties?: Json; required?: string[] }
  return Object.entries(properties).map(([parameter, schema]) => ({ name: parameter, in: 'query', required: required.includes(parameter), schema }))
}

/** JSON Schema of a contract schema. Its recursive parts move to `components`, as `$defs` of a part is not the document's root. */
function schemaOf(name: string, schema: NonNullable<Route['body']>, io: 'input' | 'output', shared: Json): Json {
  const { $schema: _, $defs = {}, ...root } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json & { $defs?: Json }
  const moved = new Map(Object.keys($defs).map((key) => [`#/$defs/${key}`, `#/components/schemas/${name}_${key.replace(/\W/g, '')}`]))
  for (const [key, definition] of Object.entries($defs)) shared[`${name}_${key.replace(/\W/g, '')}`] = redirect(definition, moved, name)
  const body = redirect(root, moved, name) as Json
  if (JSON.stringify(body).includes(`#/components/schemas/${name}_root"`) || JSON.stringify($defs).includes('"$ref":"#"')) shared[`${name}_root`] = body
  return body
}

function redirect(value: unknown, moved: ReadonlyMap<string, string>, name: string): unknown {
  if (Array.isArray(value)) return value.map((item) => redirect(item, moved, name))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key !== '$ref' || typeof item !== 'string') return [key, redirect(item, moved, name)]
      return [key, item === '#' ? `#/components/schemas/${name}_root` : (moved.get(item) ?? item)]
    }),
  )
}

function errorSchema(): Json {
  return {
    type: 'object',
    required: ['error'],
    properties: {
      error: {
        type: 'object',
        required: ['code', 'message'],
        properties: {
          code: { type: 'string', enum: Object.keys(errorStatus), description: Object.entries(errorStatus).map(([code, status]) => `${code} (${status})`).join(', ') },
          message: { type: 'string' },
          details: { description: '`invalid_request`: a list of `{ path, message }`; `revision_conflict`: both sides.' },
        },
      },
    },
  }
}
