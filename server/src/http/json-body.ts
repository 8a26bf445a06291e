import express from 'express'
import { guardJson } from './json-guard.ts'

interface Options {
  /** Also takes text that PostgreSQL cannot store. */
  anyText?: boolean
  /** Levels of nesting, where whoever reads the body walks it without recursion. */
  maxDepth?: number
  /** Content types that are read as JSON, or a function that says so of a request. */
  types?: string[] | (() => boolean)
}

/** Parses a JSON body of up to `limit` after inflating gzip, deflate or br. */
export function jsonBody(limit: string, { types = ['application/json'], ...options }: Options = {}): express.RequestHandler {
  return express.json({
    limit,
    type: types,
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
