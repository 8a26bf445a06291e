/** How a receiver checks the signature: the code of docs/webhooks.md, which is tested against the server. */
export const verifySnippet = `import { createHmac, timingSafeEqual } from 'node:crypto'

/** Whether a request comes from Assay: \`body\` is its text as it came. */
export function isFromAssay(headers, body, secret, now = Date.now() / 1000) {
  const id = headers['webhook-id']
  const timestamp = headers['webhook-timestamp']
  // An old message may be one that somebody recorded.
  if (!(Math.abs(now - Number(timestamp)) <= 300)) return false
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const expected = createHmac('sha256', key).update(\`\${id}.\${timestamp}.\${body}\`).digest()
  return headers['webhook-signature'].split(' ').some((signature) => {
    const given = Buffer.from(signature.slice('v1,'.length), 'base64')
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}`
