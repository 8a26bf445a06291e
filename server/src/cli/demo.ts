import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDemoDirectory, rememberDemo, type DemoState } from './demo-directory.ts'
import { openShop } from './demo-live.ts'
import { prepareDemo } from './demo-preparation.ts'
import { type LocalServer, startLocalServer } from './local-server.ts'
import { setUp } from './set-up.ts'

await main()

async function main(): Promise<void> {
  const directory = resolve(process.env['ASSAY_DATA_DIR'] || './data/demo')
  const known = openDemoDirectory(directory)
  const stopped = new Promise<null>((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => { stop(null) })
  })
  console.log(known ? `The demo in ${directory} wakes up.` : `Preparing the demo in ${directory}: a shop with four weeks of history.`)
  const server = await startLocalServer(fileURLToPath(new URL('../main.js', import.meta.url)), directory, Number(process.env['PORT'] || 4000), { detached: true })
  try {
    const state = known ?? (await Promise.race([prepare(server, directory), stopped]))
    if (state === null) return
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

async function prepare(server: LocalServer, directory: string): Promise<DemoState> {
  const installation = await setUp(server, 'Storefront')
  const { key, emails } = await prepareDemo(server.url, installation, (line) => { console.log(`- ${line}`) })
  const state = { key, email: installation.email }
  rememberDemo(directory, state)
  console.log(`\nSign in as ${installation.email} with the password ${installation.password}\nThe same password opens ${emails.join(', ')}: what each role may do. It is kept nowhere else.`)
  return state
}
