// `npm run build`: database client, SDK, server and admin UI. A part whose inputs did not change is skipped.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const root = fileURLToPath(new URL('..', import.meta.url))
const stampFile = join(root, 'node_modules/.cache/assay-build.json')
const always = ['package-lock.json', 'tsconfig.json', 'scripts/build.mjs']
const tsc = ['node_modules/typescript7/bin/tsc', '-p']

const parts = [
  {
    name: 'database client',
    inputs: ['prisma/schema.prisma', 'prisma.config.ts'],
    output: 'server/src/platform/prisma-client/client.ts',
    run: () => node('node_modules/prisma/build/index.js', 'generate'),
  },
  {
    name: 'SDK',
    inputs: ['sdk/src', 'sdk/tsconfig.build.json', 'sdk/package.json'],
    output: 'sdk/dist/index.js',
    clean: 'sdk/dist',
    run: () => node(...tsc, 'sdk/tsconfig.build.json'),
  },
  {
    name: 'server',
    inputs: ['server/src', 'server/tsconfig.build.json', 'server/package.json', 'sdk/src', 'prisma/schema.prisma'],
    output: 'server/dist/main.js',
    clean: 'server/dist',
    run: () => node(...tsc, 'server/tsconfig.build.json'),
  },
  {
    name: 'admin UI',
    inputs: ['web/src', 'web/index.html', 'web/public', 'web/vite.config.ts', 'web/package.json', 'server/src/contract', 'server/src/stats', 'sdk/src'],
    output: 'web/dist/index.html',
    clean: 'web/dist',
    run: () => {
      node('node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn')
      compress(join(root, 'web/dist/assets'))
    },
  },
]

build()

function build() {
  const stamps = readStamps()
  for (const { name, inputs, output, clean, run } of parts) {
    const hash = hashOf([...always, ...inputs])
    if (stamps[name] === hash && existsSync(join(root, output))) continue
    const started = Date.now()
    if (clean) rmSync(join(root, clean), { recursive: true, force: true })
    run()
    // Hashed before the run: an edit during it is built the next time.
    stamps[name] = hash
    mkdirSync(dirname(stampFile), { recursive: true })
    writeFileSync(stampFile, JSON.stringify(stamps, null, 2))
    console.log(`Built the ${name} in ${((Date.now() - started) / 1000).toFixed(1)} s.`)
  }
}

function node(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production', PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' } })
  if (status === 0) return
  process.stderr.write(`${stdout}${stderr}\nThe build failed in: ${args.join(' ')}\n`)
  process.exit(1)
}

/** SHA-256 over names and contents, tests left out: they are not built. */
function hashOf(inputs) {
  const hash = createHash('sha256').update(process.version)
  for (const input of inputs) {
    for (const file of filesOf(join(root, input))) hash.update(`\0${file}\0`).update(readFileSync(file))
  }
  return hash.digest('hex')
}

function filesOf(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.name !== 'prisma-client' && !/\.test\.tsx?$/.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesOf(join(path, entry.name)))
}

/** Compressed twins beside the assets, so that no request pays for it. */
function compress(folder) {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    if (!/\.(js|css|svg)$/.test(name)) continue
    const content = readFileSync(join(folder, name))
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content))
    writeFileSync(join(folder, `${name}.gz`), gzipSync(content))
  }
}

function readStamps() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'))
  } catch {
    return {}
  }
}
