import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { verifySnippet } from './webhooks-verify-snippet.ts'

test('the page and the documentation give receivers the same code', () => {
  expect(readFileSync('docs/webhooks.md', 'utf8')).toContain(`\`\`\`js\n${verifySnippet}\n\`\`\``)
})
