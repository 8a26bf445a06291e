import type express from 'express'
import type { Route } from '../contract/route.ts'
import { AppError } from './app-error.ts'

/** Answers what no route answered: 405 where the path exists under other methods, 404 otherwise. */
export function refuseUnknownApi(routes: Readonly<Record<string, Route>>): express.RequestHandler {
  const known = new Map<string, { pattern: RegExp; methods: Set<string> }>()
  for (const { path, method } of Object.values(routes)) {
    const entry = known.get(path) ?? { pattern: patternOf(path), methods: new Set() }
    entry.methods.add(method)
    if (method === 'GET') entry.methods.add('HEAD')
    known.set(path, entry)
  }
  return (req, res) => {
    const path = `${req.baseUrl}${req.path}`
    const methods = [...new Set([...known.values()].filter(({ pattern }) => pattern.test(path)).flatMap((entry) => [...entry.methods]))]
    if (methods.length === 0) throw new AppError('not_found', `There is nothing at ${path}. The API is described at /api/v1/openapi.json.`)
    res.set('Allow', methods.join(', '))
    throw new AppError('method_not_allowed', `${path} takes ${methods.join(', ')}, not ${req.method}.`)
  }
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}/?$`, 'i')
}
