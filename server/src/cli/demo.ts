import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDemoDirectory, rememberDemo, type DemoState } from './demo-directory.ts'
import { openShop } from './demo-live.ts'
import { prepareDemo } from './demo-preparation.ts'
import { type LocalServer, startLocalServer } from './local-server.ts'
import { setUp } from './set-up.ts'

await main()
// What was interrupted would otherwise go on trying: a history that is not sent yet, for instance.
process.exit()

async function main(): Promise<void> {
  const directory = resolve(process.env['ASSAY_DATA_DIR'] || './data/demo')
  const known = openDemoDirectory(directory)
  const stopped = stopSignal()
  console.log(known ? `The demo in ${directory} wakes up.` : `Preparing the demo in ${directory}: a shop with four weeks of history.`)
  const server = await startLocalServer(fileURLToPath(new URL('../main.js', import.meta.url)), directory, Number(process.env['PORT'] || 4000), { detached: true })
  try {
    const state = known ?? (await Promise.race([prepare(server, directory), stopped]))
    if (state === null) {
      console.log('The preparation was interrupted: the next start begins anew.')
      return
    }
    if (known) console.log(`Sign in as ${known.email} with the password that was printed at the first start. To begin anew, delete ${directory}.`)
    console.log(`\n  ${server.url}\n\nVisits are coming in: "Search results by meaning" is running while you watch. Ctrl+C stops.`)
    const shop = openShop(server.url, state.key)
    const code = await Promise.race([stopped, server.ended])
    if (code !== null) throw new Error(`Assay ended with code ${code}.`)
    await shop.close()
  } finally {
    await server.stop()
  }
}

/** Resolves when a person or a supervisor asks to stop. npm passes on a Ctrl+C that the terminal has sent as well: only a later one means "at once". */
function stopSignal(): Promise<null> {
  let since: number | null = null
  return new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (since !== null && Date.now() - since > 1000) process.exit(1)
        since ??= Date.now()
        stop(null)
      })
    }
  })
}

async function prepare(server: LocalServer, directory: string): Promise<DemoState> {
  const installation = await setUp(server, 'Storefront')
  const { key, emails } = await prepareDemo(server.url, installation, (line) => { console.log(`- ${line}`) })
  const state = { key, email: installation.email }
  rememberDemo(directory, state)
  console.log(`\nSign in as ${installation.email} with the password ${installation.password}\nThe same password opens ${emails.join(', ')}: what each role may do. It is kept nowhere else.`)
  return state
}
