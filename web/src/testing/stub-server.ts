import { vi } from 'vitest'

export interface StubbedRequest {
  method: string
  path: string
  body: unknown
}

type Answer = (request: StubbedRequest) => { status?: number; body?: unknown }

/** Answers the requests of a component by `METHOD /path`, and keeps them. What is not expected answers 404. */
export function stubServer(answers: Readonly<Record<string, Answer>>): StubbedRequest[] {
  const requests: StubbedRequest[] = []
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    const request = { method: init.method ?? 'GET', path, body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined }
    requests.push(request)
    const answer = answers[`${request.method} ${path.split('?')[0]}`]?.(request) ?? { status: 404, body: { error: { code: 'not_found', message: `Nothing answers ${request.method} ${path}.` } } }
    return Promise.resolve(new Response(answer.body === undefined ? null : JSON.stringify(answer.body), { status: answer.status ?? 200 }))
  })
  return requests
}
