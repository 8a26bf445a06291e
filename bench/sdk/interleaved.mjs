/** Processor time of this process in nanoseconds: unlike the time of day it does not grow while others have the processor. */
function processorNs() {
  const { user, system } = process.cpuUsage()
  return (user + system) * 1000
}

async function timed(loop, n) {
  const began = processorNs()
  await loop(n)
  return processorNs() - began
}

/**
 * Nanoseconds per call of each loop: the median of rounds in which every loop has its turn, so that whatever disturbs the
 * machine disturbs all alike.
 */
export async function interleaved(loops, { rounds, roundMs }) {
  const counts = new Map()
  for (const [name, loop] of loops) {
    let n = 16
    let ns = await timed(loop, n)
    while (ns < roundMs * 1e6) {
      n = Math.ceil(n * Math.min(8, Math.max(1.2, (roundMs * 1.1e6) / Math.max(ns, 1))))
      ns = await timed(loop, n)
    }
    counts.set(name, n)
  }
  const found = new Map(loops.map(([name]) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, loop] of loops) found.get(name).push((await timed(loop, counts.get(name))) / counts.get(name))
  }
  return new Map([...found].map(([name, values]) => [name, median(values)]))
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
