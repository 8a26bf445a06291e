import type express from 'express'
import type { RequestIssue } from '../contract/errors.ts'
import { findKey } from '../contract/find-key.ts'
import { allows, commonRole, isForTokens, type Permission, type Role } from '../contract/roles.ts'
import type { Route, RouteBody, RouteParams, RouteQuery, RouteResponse } from '../contract/route.ts'
import { AppError } from './app-error.ts'

/** The person a request acts for. */
export interface Actor {
  id: string
  name: string
  /** Name of the API token that they act through. */
  token?: string
}

/** Who sends a request. */
export interface Caller {
  actor: Actor
  /** Of an API token: its one project, and the most that it may do there. Null for a session. */
  limits: { projectId: string; role: Role } | null
}

/** The project a request is about, as the actor sees it. */
export interface ProjectScope {
  id: string
  key: string
  role: Role
}

type ActorOf<R extends Route> = R['access'] extends 'public' ? null : Actor
type ScopeOf<R extends Route> = R['access'] extends Permission ? ProjectScope : null
/** A route without a response, or one that streams, returns nothing. */
type Result<R extends Route> = undefined extends RouteResponse<R> ? RouteResponse<R> | void : RouteResponse<R>

export interface HandlerInput<R extends Route> {
  params: RouteParams<R>
  query: RouteQuery<R>
  body: RouteBody<R>
  /** Null on public routes. */
  actor: ActorOf<R>
  /** Null on routes that need no permission in a project. */
  project: ScopeOf<R>
  req: express.Request
  res: express.Response
}

export type Handler<R extends Route> = (input: HandlerInput<R>) => Promise<Result<R>>

export interface Registrar {
  <R extends Route>(route: R, handler: Handler<R>): void
  /** Routes registered so far. */
  readonly registered: ReadonlySet<Route>
}

export interface Gate {
  authenticate(req: express.Request): Promise<Caller | null>
  /** Throws `reauthentication_required` unless the password was given lately in the session that sends the request. */
  assertConfirmed(req: express.Request): Promise<void>
  /** Null for a project that does not exist or that the person may not see. */
  scopeFor(userId: string, projectKey: string): Promise<ProjectScope | null>
  /** A response that breaks the contract: tests throw, production logs. */
  onBrokenResponse(route: Route, issues: RequestIssue[]): void
}

/** Registers contract routes: authenticate, authorize, validate, handle, answer. Nothing else answers under `/api/v1`. */
export function createRegistrar(app: express.IRouter, gate: Gate): Registrar {
  const registered = new Set<Route>()

  function on<R extends Route>(route: R, handler: Handler<R>): void {
    if (registered.has(route)) throw new Error(`${route.method} ${route.path} is registered twice`)
    registered.add(route)
    const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'
    app[method](route.path, async (req, res) => {
      res.locals['route'] = route.path
      // First: no store can look for a text with a NUL character.
      const params = readParams(req)
      const { actor, project } = await admit(gate, route, req)
      // Validated against the route's schemas: the types of HandlerInput hold from here on.
      const input = { params, query: readQuery(route, req), body: readBody(route, req), actor, project, req, res } as HandlerInput<R>
      const result = await handler(input)
      if (res.headersSent || route.streams) return
      res.status(route.status ?? (route.response ? 200 : 204))
      if (!route.response) res.end()
      else res.json(checkedResponse(gate, route, result))
    })
  }

  return Object.assign(on, { registered })
}

async function admit(gate: Gate, route: Route, req: express.Request): Promise<{ actor: Actor | null; project: ProjectScope | null }> {
  if (route.access === 'public') return { actor: null, project: null }
  const caller = await gate.authenticate(req)
  if (!caller) throw new AppError('not_signed_in', 'Sign in first.')
  const { actor, limits } = caller
  if (limits && !takesTokens(route)) throw new AppError('forbidden', 'This is for people who are signed in: an API token cannot do it.')
  if (route.access === 'session') return { actor, project: null }
  const key = String(req.params['project'])
  const known = await gate.scopeFor(actor.id, key)
  if (!known || (limits && limits.projectId !== known.id)) throw new AppError('not_found', `There is no project ${key}, or you are not a member of it.`)
  const project = limits ? { ...known, role: commonRole(limits.role, known.role) } : known
  if (!allows(project.role, route.access)) {
    const whose = limits ? 'The role of this API token' : 'Your role'
    throw new AppError('forbidden', `${whose} in ${key} is ${project.role.replace('_', ' ')}: it does not allow this.`, { details: { permission: route.access, role: project.role } })
  }
  if (route.asksPassword) await gate.assertConfirmed(req)
  return { actor, project }
}

/** Whether an API token may call a route, as far as its role goes. */
export function takesTokens({ access, asksPassword }: Route): boolean {
  return access !== 'public' && access !== 'session' && asksPassword !== true && isForTokens(access)
}

function readParams(req: express.Request): Record<string, string> {
  const params = Object.fromEntries(Object.entries(req.params).map(([name, value]) => [name, String(value)]))
  const bad = Object.entries(params).find(([, value]) => value.includes('\0'))
  if (bad) throw invalidRequest([{ path: bad[0], message: 'A NUL character is not allowed.' }])
  return params
}

function readQuery(route: Route, req: express.Request): unknown {
  if (!route.query) return undefined
  const parsed = route.query.safeParse({ ...req.query })
  if (!parsed.success) throw invalidRequest(issuesOf(parsed.error.issues))
  if (JSON.stringify(parsed.data).includes('\\u0000')) throw invalidRequest([{ path: '', message: 'A NUL character is not allowed.' }])
  return parsed.data
}

function readBody(route: Route, req: express.Request): unknown {
  if (!route.body) return undefined
  if (!req.is('application/json')) throw new AppError('unsupported_media_type', 'Send a JSON body with Content-Type: application/json.')
  // Parsers drop such a key without a word.
  const reserved = findKey(req.body, (key) => key === '__proto__')
  if (reserved !== null) throw invalidRequest([{ path: reserved, message: 'A key named __proto__ cannot be kept: choose another name.' }])
  const parsed = route.body.safeParse(req.body)
  if (!parsed.success) throw invalidRequest(issuesOf(parsed.error.issues))
  return parsed.data
}

function checkedResponse(gate: Gate, route: Route, result: unknown): unknown {
  const parsed = route.response?.safeParse(result)
  if (!parsed || parsed.success) return parsed ? parsed.data : result
  gate.onBrokenResponse(route, issuesOf(parsed.error.issues))
  return result
}

interface SchemaIssue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** Issues of a zod error as the error body lists them. */
export function issuesOf(issues: readonly SchemaIssue[]): RequestIssue[] {
  return issues.slice(0, 50).map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }))
}

/** Names the first issue and how many more there are; all stand in the details. */
export function invalidRequest(issues: RequestIssue[]): AppError {
  const [first] = issues
  const where = first && first.path !== '' ? `${first.path}: ` : ''
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''
  return new AppError('invalid_request', `${where}${first?.message ?? 'The request is not valid.'}${more}`, { details: issues })
}

/** Every route of the contract has a handler: what OpenAPI promises is answered. */
export function assertComplete(registered: ReadonlySet<Route>, routes: Readonly<Record<string, Route>>): void {
  const missing = Object.entries(routes).filter(([, route]) => !registered.has(route)).map(([name]) => name)
  if (missing.length > 0) throw new Error(`Routes of the contract without a handler: ${missing.join(', ')}`)
}
