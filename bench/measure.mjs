import { Bench } from 'tinybench'

/** Calls per second of each function (median sample), after warm-up. Each function does `calls` calls per run. */
export async function perSecond(tasks, { quick }) {
  const bench = new Bench({ time: quick ? 100 : 1000, warmupTime: quick ? 50 : 250 })
  for (const [name, { run }] of Object.entries(tasks)) bench.add(name, run)
  await bench.run()
  return bench.tasks.map((task) => {
    const { result } = task
    if (!result || result.error || !result.latency) throw result?.error ?? new Error(`${task.name} gave no result`)
    const { calls } = tasks[task.name]
    const ms = result.latency.p50
    return { name: task.name, unit: 'calls/s', value: Math.round((calls * 1000) / ms), microsecondsPerCall: Number(((ms * 1000) / calls).toPrecision(3)), spreadPercent: Number(result.latency.rme.toFixed(2)) }
  })
}
