import type { BrowserContext, Request } from '@playwright/test'
import type { Route } from '../server/src/contract/route.ts'
import { routes } from '../server/src/contract/routes.ts'

const documented = Object.values(routes as Record<string, Route>).map(({ method, path }) => ({ method, path: new RegExp(`^${path.replaceAll('.', String.raw`\.`).replace(/:\w+/g, '[^/]+')}$`) }))

/** How the admin UI asks for data; pages, scripts, styles and fonts are the rest. */
const ASKING = new Set(['fetch', 'xhr', 'eventsource', 'websocket', 'ping'])

/**
 * Collects what goes wrong in the pages of a browser without anybody seeing it: an error in the console, an exception that nobody caught, a violated
 * content policy, an answer of 500, and a request that the API's documentation does not have.
 */
export async function watch(context: BrowserContext): Promise<string[]> {
  const complaints: string[] = []
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) => { console.error(`The policy ${effectiveDirective} refuses ${blockedURI} of ${sourceFile}`) })
  })
  context.on('weberror', (error) => { complaints.push(String(error.error())) })
  context.on('console', (message) => {
    // A refused request is part of some journeys, and the browser logs each.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text())
  })
  context.on('request', (request) => {
    if (!isDocumented(request)) complaints.push(`${request.method()} ${request.url()} is not documented`)
  })
  context.on('response', (response) => {
    if (response.status() === 500) complaints.push(`${response.request().method()} ${response.url()} answered 500`)
  })
  return complaints
}

function isDocumented(request: Request): boolean {
  const url = new URL(request.url())
  const asks = url.pathname.startsWith('/api/') || (ASKING.has(request.resourceType()) && url.origin === new URL(request.frame().url()).origin)
  return !asks || documented.some(({ method, path }) => method === request.method() && path.test(url.pathname))
}
