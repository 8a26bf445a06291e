// `npm start`: builds what changed, then runs the server in this process, so that its signals and exit code are ours.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Assay needs Node.js 20.19 or newer; this is ${process.version}.`)
  process.exit(1)
}
await import('./build.mjs')
await import('../server/dist/main.js')
