import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveFlag } from '../server/src/testing/served-flag.ts'
import { startTestServer, type TestServer } from '../server/src/testing/test-server.ts'

/** The examples of docs/sdk.md for other languages, run as they stand against a server. */
const section = readFileSync('docs/sdk.md', 'utf8').split('\n### Other languages\n')[1]?.split('\n## ')[0] ?? ''
const example = (language: string) => new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(section)?.[1] ?? ''

let server: TestServer
let key: string

beforeAll(async () => {
  server = await startTestServer()
  key = await server.key('server')
  await serveFlag(server, 'express-pay', { targeting: { rules: [{ id: 'de', name: 'Germany', when: { attribute: 'country', op: 'in', values: ['DE'] }, serve: { variant: 'on' } }], fallthrough: { variant: 'off' } } })
})
afterAll(() => server.close())

async function run(command: string, args: string[]): Promise<{ code: number | null; out: string; error: string }> {
  const child = spawn(command, args, { env: { ...process.env, ASSAY_URL: server.url, ASSAY_KEY: key } })
  let [out, error] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString() })
  child.stderr.on('data', (chunk: Buffer) => { error += chunk.toString() })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, error }
}

test('the curl example gets the answer that stands below it, with the flag’s own revision and set', async () => {
  const shown = JSON.parse(example('json')) as object
  const { code, out, error } = await run('sh', ['-c', example('sh')])
  expect([code, error]).toEqual([0, ''])
  expect(JSON.parse(out)).toEqual({ ...shown, metadata: { flagSetId: 'shop/production', version: '2' } })
})

test('the Python example is Python, and decides where its packages are installed', async () => {
  const source = example('python')
  const python = process.env['ASSAY_TEST_PYTHON'] ?? 'python3'
  const parses = spawnSync(python, ['-c', 'import ast, sys; ast.parse(sys.argv[1])', source], { encoding: 'utf8' })
  if (parses.error) {
    process.stderr.write('There is no Python here: the example is only read.\n')
    expect(source).toMatch(/^headers = .*\n^api\.set_provider\(OFREPProvider\(/m)
    return
  }
  expect([parses.status, parses.stderr]).toEqual([0, ''])
  if (spawnSync(python, ['-c', 'import openfeature.contrib.provider.ofrep']).status !== 0) {
    process.stderr.write('openfeature-provider-ofrep is not installed: the Python example is parsed, not run.\n')
    return
  }
  const { code, out, error } = await run(python, ['-c', source])
  expect([code, error, out.trim()]).toEqual([0, '', expect.stringMatching(/^True on (Reason\.)?TARGETING_MATCH$/)])
})
