import type express from 'express'
import { tokenIn } from '../accounts/api-token.ts'
import { AppError } from './app-error.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a change that a page of another origin sends with the person's cookies. Browsers say where a request comes
 * from in `Sec-Fetch-Site`, older ones in `Origin`; a program that is no browser sends neither and has no cookies to steal.
 * What comes with an API token does not count by its cookies, and no browser adds a token by itself.
 */
export function requireSameOrigin(publicUrl: string | null): express.RequestHandler {
  return (req, _res, next) => {
    if (SAFE.has(req.method) || tokenIn(req.get('authorization')) !== null || isSameOrigin(req, publicUrl)) next()
    else throw new AppError('forbidden', 'This request comes from another site.')
  }
}

function isSameOrigin(req: express.Request, publicUrl: string | null): boolean {
  const site = req.get('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const origin = req.get('origin')
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  if (publicUrl !== null && new URL(publicUrl).origin === origin) return true
  return new URL(origin).host === req.get('host')
}
