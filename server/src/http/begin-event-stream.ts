import type express from 'express'

/** Begins an answer of server-sent events. It ends with its connection: a kept-alive one would lead the client back to an instance that is stopping. */
export function beginEventStream(res: express.Response, headers: Record<string, string>): express.Response {
  res.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', Connection: 'close', 'X-Accel-Buffering': 'no', ...headers })
  // A connection that breaks while something is written ends its own stream, nothing else.
  res.on('error', () => undefined)
  return res
}
