import type { SdkKey } from '@assay/server/contract'

/** Code to paste into a service: it runs as it stands, with the key that was just made. */
export function keySnippet(kind: SdkKey['kind'], url: string, secret: string): string {
  return kind === 'server' ? serverSnippet(url, secret) : clientSnippet(url, secret)
}

function serverSnippet(url: string, secret: string): string {
  return [
    "import { createClient } from '@assay/sdk'",
    '',
    'const assay = createClient({',
    `  url: '${url}',`,
    `  key: '${secret}',`,
    '})',
    'await assay.ready()',
    '',
    "const shown = assay.getBoolean('my-flag', false, { targetingKey: 'customer-17' })",
  ].join('\n')
}

/** A client key may send what happened in a browser or an app. */
function clientSnippet(url: string, secret: string): string {
  return [
    `await fetch('${url}/sdk/v1/events', {`,
    "  method: 'POST',",
    `  headers: { Authorization: 'Bearer ${secret}', 'Content-Type': 'application/json' },`,
    '  body: JSON.stringify({',
    '    sentAt: new Date().toISOString(),',
    "    items: [{ kind: 'event', id: crypto.randomUUID(), at: new Date().toISOString(), name: 'order_placed', units: { user: 'customer-17' } }],",
    '  }),',
    '})',
  ].join('\n')
}
