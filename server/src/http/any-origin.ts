import type express from 'express'

/** Lets pages of any site call the SDK protocol and OFREP: they are authenticated by a key in a header, never by a cookie. */
export function allowAnyOrigin(): express.RequestHandler {
  return (req, res, next) => {
    res.set({ 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'Date, ETag, Retry-After, X-Assay-Version, X-Request-Id', 'Cross-Origin-Resource-Policy': 'cross-origin' })
    if (req.method !== 'OPTIONS') return next()
    res.set({ 'Access-Control-Allow-Methods': 'GET, POST', 'Access-Control-Allow-Headers': 'Authorization, X-API-Key, Content-Type, Content-Encoding, If-None-Match, Last-Event-ID, X-Assay-Exposure', 'Access-Control-Max-Age': '7200' }).status(204).end()
  }
}
