import type { Route, RouteBodyInput, RouteParams, RouteQueryInput } from './route.ts'

type Part<Name extends string, T> = undefined extends T ? { [K in Name]?: undefined } : keyof T extends never ? { [K in Name]?: T } : { [K in Name]: T }
/** What a caller gives to call a route: only the parts that the route has. */
export type RouteInput<R extends Route> = Part<'params', RouteParams<R>> & Part<'query', RouteQueryInput<R>> & Part<'body', RouteBodyInput<R>>

/** Method, path with its parameters and query filled in, and JSON body of a call. */
export function requestOf<R extends Route>(route: R, input: RouteInput<R>): { method: Route['method']; path: string; body?: string } {
  const { params, query, body } = input as { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = params?.[name]
    if (value === undefined) throw new TypeError(`${route.path} needs the parameter ${name}`)
    return encodeURIComponent(value)
  })
  const search = new URLSearchParams(Object.entries(query ?? {}).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, String(value)]])))
  return { method: route.method, path: search.size === 0 ? path : `${path}?${search}`, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
}
