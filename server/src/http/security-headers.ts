import { randomBytes } from 'node:crypto'
import type express from 'express'

/**
 * Headers of every response. The policy of an API response allows nothing; the admin UI's page replaces it by one with
 * its own nonce.
 */
export function securityHeaders(https: boolean): express.RequestHandler {
  return (_req, res, next) => {
    res.set({
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      ...(https ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
    })
    next()
  }
}

export function createNonce(): string {
  return randomBytes(16).toString('base64')
}

/** Scripts and styles of our own, or with the nonce of this response; no inline handler, no other site, no frame around it. */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}
