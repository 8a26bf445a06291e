import type * as z from 'zod/mini'
import type { Permission } from './roles.ts'

/** Who may call a route: anybody, anybody signed in, or a member whose role carries the permission in the route's project. */
export type Access = 'public' | 'session' | Permission

type Schema = z.ZodMiniType

/** One operation of the HTTP API: types the server's handler, the admin UI's call and the OpenAPI document. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Express path with `:name` parameters; a route with a permission starts with `/api/v1/projects/:project`. */
  path: string
  summary: string
  access: Access
  /** Gives rights away or destroys for good: asks for the password again where it was not given lately. Never for an API token. */
  asksPassword?: true
  query?: Schema
  body?: Schema
  response?: Schema
  /** Status of a success; 200 unless told, 204 without a response. */
  status?: 200 | 201 | 202 | 204
  /** Media types of a streamed response instead of a JSON `response`. */
  streams?: readonly string[]
}

type PathNames<P extends string> = P extends `${string}:${infer N}/${infer Rest}` ? N | PathNames<`/${Rest}`> : P extends `${string}:${infer N}` ? N : never
export type RouteParams<R extends Route> = { [K in PathNames<R['path']>]: string }
type Out<S> = S extends Schema ? z.output<S> : undefined
type In<S> = S extends Schema ? z.input<S> : undefined
/** What the handler receives. */
export type RouteQuery<R extends Route> = Out<R['query']>
export type RouteBody<R extends Route> = Out<R['body']>
/** What the caller sends. */
export type RouteQueryInput<R extends Route> = In<R['query']>
export type RouteBodyInput<R extends Route> = In<R['body']>
export type RouteResponse<R extends Route> = Out<R['response']>

/** Keeps the literal types of a table of routes. */
export function defineRoutes<const T extends Record<string, Route>>(routes: T): T {
  return routes
}
