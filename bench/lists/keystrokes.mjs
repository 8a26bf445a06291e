import { chromium as browsers } from '@playwright/test'
import { spread } from './spread.mjs'

/** Typed a character at a time; each is a search of its own. */
const text = 'express checkout'
const pages = [
  { what: 'flags', path: '/flags', field: 'Search flags', found: '#flags-in-view' },
  { what: 'palette', path: '/metrics', field: 'Search or run a command', found: '[role=dialog]', open: (page) => page.getByRole('button', { name: /^Search or jump to/ }).click() },
  { what: 'audit, a key', path: '/audit', field: 'Key', found: 'main' },
]

/** How long a key takes until the character stands in its field, and until what it finds is painted, in the project of many and in the one of few. */
export async function* keystrokes({ url, cookie, chromium, rounds }) {
  const browser = await browsers.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addCookies(cookie.split('; ').map((pair) => { const [name, ...value] = pair.split('='); return { name, value: value.join('='), url } }))
    for (const { what, path, field, found, open } of pages) {
      for (const project of ['many', 'few']) {
        const page = await context.newPage()
        await page.goto(`${url}/p/${project}${path}`)
        await page.getByRole('heading', { level: 1 }).waitFor()
        if (open) await open(page)
        const input = page.getByLabel(field, { exact: true })
        await input.waitFor()
        await settled(page)
        const session = await context.newCDPSession(page)
        await session.send('Performance.enable', { timeDomain: 'threadTicks' })
        const busyMs = async () => (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value * 1_000
        const keys = []
        const painted = []
        let busy = 0
        for (let round = 0; round < Math.ceil(rounds / 5); round++) {
          await input.fill('')
          await settled(page)
          for (const character of text) {
            await watch(page, found)
            const before = await busyMs()
            await input.press(character === ' ' ? 'Space' : character)
            const times = await page.evaluate(() => window.typed)
            busy += await busyMs() - before
            keys.push(times.key)
            painted.push(times.found)
          }
        }
        yield { figure: 'keystroke', what, project, keys: keys.length, toCharacter: spread(keys), toFound: spread(painted), mainThreadMs: Number((busy / keys.length).toFixed(1)), elements: await page.evaluate(() => document.querySelectorAll('*').length) }
        await page.close()
      }
    }
  } finally {
    await browser.close()
  }
}

/** Until nothing has changed for a while. */
async function settled(page) {
  await page.evaluate(() => new Promise((resolve) => {
    let timer = setTimeout(done, 400)
    const observer = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(done, 400) })
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
    function done() {
      observer.disconnect()
      resolve()
    }
  }))
}

/**
 * From the next key on: the frame after the character stands in the field, and the frame after the last change of what is found, once no search
 * is under way. Found nothing new is found as well: the answer is then what is waited for.
 */
async function watch(page, selector) {
  await page.evaluate((where) => {
    const nextFrame = () => new Promise((resolve) => { requestAnimationFrame(() => { setTimeout(() => { resolve(performance.now()) }) }) })
    window.typed = new Promise((resolve) => {
      window.addEventListener('keydown', async ({ timeStamp }) => {
        let waiting = 0
        let changed = 0
        const { fetch } = window
        window.fetch = async (...asked) => {
          // Decisions and states come after what was found, once nobody writes any more.
          if (!/\/(flags|audit)\?/.test(String(asked[0]))) return fetch(...asked)
          waiting += 1
          try { return await fetch(...asked) } finally { setTimeout(() => { waiting -= 1 }) }
        }
        const observer = new MutationObserver(() => { changed = performance.now() })
        observer.observe(document.querySelector(where) ?? document.body, { subtree: true, childList: true, characterData: true, attributes: true })
        const key = await nextFrame() - timeStamp
        let quiet = 0
        let last = performance.now()
        while (quiet < 3) {
          const now = await nextFrame()
          if (waiting > 0 || changed > last) { quiet = 0; last = now } else quiet += 1
        }
        observer.disconnect()
        window.fetch = fetch
        resolve({ key, found: Math.max(last - timeStamp, key) })
      }, { once: true, capture: true })
    })
  }, selector)
}
