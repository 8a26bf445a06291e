import express from 'express'
import { guardJson } from './json-guard.ts'

/** Parses a JSON body of up to `limit` after inflating gzip, deflate or br. */
export function jsonBody(limit: string): express.RequestHandler {
  return express.json({
    limit,
    type: 'application/json',
    verify: (_req, _res, body) => { guardJson(body) },
  })
}
