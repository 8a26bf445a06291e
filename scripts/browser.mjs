// Finds a Chromium for the browser journeys, or installs one where that can be done without asking anybody.
import { execFileSync, spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']
const applications = ['/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/** Path of a usable Chromium, or null. */
async function findChromium() {
  const asked = process.env.ASSAY_CHROMIUM
  if (asked) return asked
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  const { chromium } = await import('@playwright/test')
  return [...onPath, ...applications, chromium.executablePath()].find(isExecutable) ?? null
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** `{ path, said }`: a Chromium and what was done to get it; or `{ path: null, command }`: the one command a person has to run. */
export async function ensureChromium() {
  const found = await findChromium()
  if (found) return { path: found, said: `Browser journeys use ${found}.` }

  const debian = existsSync('/usr/bin/apt-get')
  const root = process.getuid?.() === 0
  if (debian && root) {
    console.log('No Chromium found: installing the Debian package chromium.')
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
    spawnSync('apt-get', ['update'], quiet)
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], quiet)
    const path = await findChromium()
    if (path) return { path, said: `Installed the Debian package chromium; browser journeys use ${path}.` }
  }
  return { path: null, command: debian ? 'sudo apt-get install -y chromium' : 'npx playwright install chromium' }
}
