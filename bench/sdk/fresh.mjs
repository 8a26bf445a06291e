// One contender in a process of its own: `node --expose-gc bench/sdk/fresh.mjs NAME FLAGS`. Prints how long it took until it answered, and what it holds.
import { loopOverAll } from './contender.mjs'
import { contenders } from './contenders.mjs'
import { contextAt, mixed } from './scenarios.mjs'

const [name, count] = [process.argv[2], Number(process.argv[3])]
const contender = (await contenders()).find((each) => each.name === name)
const flags = mixed(count)
const keys = flags.map(({ key }) => key)
let text = contender.textOf(flags)

function heap() {
  globalThis.gc()
  globalThis.gc()
  return process.memoryUsage().heapUsed
}

const length = text.length
const before = heap()
const began = performance.now()
const client = await contender.open(text)
const readyMs = performance.now() - began
text = ''
// The text was in the heap before; it may go once it is read.
const readyBytes = heap() - before + length
const again = performance.now()
await loopOverAll(client, keys, [client.contextOf(contextAt(1))])(1)
const askedMs = performance.now() - again
const askedBytes = heap() - before + length
console.log(JSON.stringify({ readyMs, askedMs: readyMs + askedMs, readyBytes, askedBytes }))
process.exit(0)
