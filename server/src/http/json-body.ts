import express from 'express'
import { guardJson } from './json-guard.ts'

/** Parses a JSON body of up to `limit` after inflating gzip, deflate or br. `anyText` also takes text that PostgreSQL cannot store. */
export function jsonBody(limit: string, options: { anyText?: boolean } = {}): express.RequestHandler {
  return express.json({
    limit,
    type: 'application/json',
    verify(_req, _res, body) {
      try {
        guardJson(body, options)
      } catch (error) {
        // The parser writes a status onto what is thrown here, which an AppError does not take: the error handler unwraps it.
        throw new Error('The body was refused.', { cause: error })
      }
    },
  })
}
