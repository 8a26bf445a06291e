// Finds a Chromium for the browser journeys, or installs one where that can be done without asking anybody.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']
const applications = ['/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

const thisMachine = {
  asked: process.env.ASSAY_CHROMIUM || undefined,
  async find() {
    const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
    const { chromium } = await import('@playwright/test')
    return [...onPath, ...applications, chromium.executablePath()].find(isExecutable) ?? null
  },
  isExecutable,
  debian: existsSync('/usr/bin/apt-get'),
  root: process.getuid?.() === 0,
  install() {
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
    spawnSync('apt-get', ['update'], quiet)
    return spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], quiet).status === 0
  },
  say: (line) => { console.log(line) },
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** `{ path, said }`: a Chromium and what was done to get it; or `{ path: null, said, command }`: the one command a person has to run. */
export async function ensureChromium(host = thisMachine) {
  const { asked, debian } = host
  if (asked !== undefined) {
    if (host.isExecutable(asked)) return { path: asked, said: `Browser journeys use ${asked}, as ASSAY_CHROMIUM says.` }
    return { path: null, said: `ASSAY_CHROMIUM names ${asked}, which cannot be run.`, command: 'unset ASSAY_CHROMIUM' }
  }
  const found = await host.find()
  if (found !== null) return { path: found, said: `Browser journeys use ${found}.` }

  if (debian && host.root) {
    host.say('No Chromium found: installing the Debian package chromium.')
    const path = host.install() ? await host.find() : null
    if (path !== null) return { path, said: `Installed the Debian package chromium; browser journeys use ${path}.` }
    return { path: null, said: 'The Debian package chromium could not be installed.', command: 'apt-get update && apt-get install -y chromium' }
  }
  return { path: null, said: 'There is no Chromium on this machine.', command: debian ? 'sudo apt-get install -y chromium' : 'npx playwright install chromium' }
}
