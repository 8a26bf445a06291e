import type express from 'express'
import { AppError } from './app-error.ts'

interface Limit {
  /** Attempts that may fail per window. */
  max: number
  windowMs: number
}

/** Attempts per key within a sliding window; memory is bounded by the keys of one window. */
export function createAttempts({ max, windowMs }: Limit, now: () => number) {
  const keys = new Map<string, number[]>()

  function recent(key: string): number[] {
    const since = now() - windowMs
    return (keys.get(key) ?? []).filter((at) => at > since)
  }

  return {
    /** Takes one attempt; returns the seconds to wait where none is left. */
    take(key: string): number | null {
      if (keys.size > 50_000) for (const known of keys.keys()) if (recent(known).length === 0) keys.delete(known)
      const attempts = recent(key)
      if (attempts.length >= max) return Math.max(1, Math.ceil(((attempts[0] ?? now()) + windowMs - now()) / 1000))
      keys.set(key, [...attempts, now()])
      return null
    },
    /** Gives the newest attempt back. */
    refund(key: string): void {
      const attempts = recent(key).slice(0, -1)
      if (attempts.length === 0) keys.delete(key)
      else keys.set(key, attempts)
    },
  }
}

/** Statuses of a wrong password, a wrong token, an unknown person. */
const FAILED = new Set([400, 401, 403, 404])

/**
 * Slows down guessing of passwords and one-time tokens. Only failed attempts count, by address and by address with
 * e-mail, so that nobody can lock another person out. An attempt is taken before the answer is known: requests sent at
 * the same time cannot all slip through.
 */
export function limitGuessing(now: () => number, perAddress: Limit = { max: 100, windowMs: 15 * 60_000 }, perEmail: Limit = { max: 10, windowMs: 15 * 60_000 }): express.RequestHandler {
  const addresses = createAttempts(perAddress, now)
  const emails = createAttempts(perEmail, now)
  return (req, res, next) => {
    const address = req.ip ?? 'unknown'
    const email = emailOf(req.body)
    const byEmail = email === null ? null : `${address} ${email}`
    const addressWait = addresses.take(address)
    const emailWait = addressWait === null && byEmail !== null ? emails.take(byEmail) : null
    const wait = addressWait ?? emailWait
    if (wait !== null) {
      if (addressWait === null) addresses.refund(address)
      res.set('Retry-After', String(wait))
      throw new AppError('rate_limited', `Too many attempts failed. Try again in ${wait < 120 ? `${wait} seconds` : `${Math.ceil(wait / 60)} minutes`}.`)
    }
    res.once('close', () => {
      if (FAILED.has(res.statusCode)) return
      addresses.refund(address)
      if (byEmail !== null) emails.refund(byEmail)
    })
    next()
  }
}

function emailOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('email' in body) || typeof body.email !== 'string') return null
  return body.email.trim().toLowerCase().slice(0, 254)
}
