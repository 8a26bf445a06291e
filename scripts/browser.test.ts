import { expect, test } from 'vitest'
import { ensureChromium, type Host } from './browser.mjs'

const said: string[] = []
const host: Host = {
  asked: undefined,
  find: () => Promise.resolve(null),
  isExecutable: () => true,
  debian: true,
  root: true,
  install: () => { throw new Error('nothing is to be installed') },
  say: (line) => { said.push(line) },
}

test('a browser that is there is used, and said', async () => {
  expect(await ensureChromium({ ...host, find: () => Promise.resolve('/usr/bin/chromium') })).toEqual({ path: '/usr/bin/chromium', said: 'Browser journeys use /usr/bin/chromium.' })
})

test('the one that ASSAY_CHROMIUM names goes first, and a wrong name is not passed over', async () => {
  expect(await ensureChromium({ ...host, asked: '/opt/chrome' })).toMatchObject({ path: '/opt/chrome' })
  expect(await ensureChromium({ ...host, asked: '/opt/chrome', isExecutable: () => false })).toEqual({ path: null, said: 'ASSAY_CHROMIUM names /opt/chrome, which cannot be run.', command: 'unset ASSAY_CHROMIUM' })
})

test('as root on Debian one is installed, and that is said', async () => {
  let installed = false
  const result = await ensureChromium({ ...host, find: () => Promise.resolve(installed ? '/usr/bin/chromium' : null), install: () => (installed = true) })
  expect(result).toEqual({ path: '/usr/bin/chromium', said: 'Installed the Debian package chromium; browser journeys use /usr/bin/chromium.' })
  expect(said).toEqual(['No Chromium found: installing the Debian package chromium.'])
})

test.each([
  ['on Debian', { debian: true }, 'sudo apt-get install -y chromium'],
  ['elsewhere', { debian: false }, 'npx playwright install chromium'],
])('without root and without a browser there is one command to run, %s', async (_, machine, command) => {
  expect(await ensureChromium({ ...host, root: false, ...machine })).toEqual({ path: null, said: 'There is no Chromium on this machine.', command })
})

test('an installation that fails ends in the command, not in a stack trace', async () => {
  expect(await ensureChromium({ ...host, install: () => false })).toMatchObject({ path: null, command: 'apt-get update && apt-get install -y chromium' })
})
