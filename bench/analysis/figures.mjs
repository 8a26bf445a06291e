import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const sizes = {
  quick: { units: 100_000, events: [250_000, 500_000, 1_000_000] },
  full: { units: 10_000_000, events: [10_000_000, 50_000_000, 100_000_000] },
}

/** Ten metrics of one experiment in the embedded event store, at three sizes. The store grows between them; every size is measured in a process of its own. */
export async function* figures({ quick }) {
  const { units, events } = quick ? sizes.quick : sizes.full
  const directory = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  try {
    const perEvent = []
    let there = 0
    for (const upTo of events) {
      run('generate.mjs', directory, units, there, upTo)
      there = upTo
      const { runs, limit, peakMiB } = run('measure.mjs', directory)
      const [first, again, single] = runs
      const machine = { cores: availableParallelism(), load: Number(loadavg()[0].toFixed(1)) }
      const size = { units, events: upTo, ...machine }
      yield { name: 'both passes, ten metrics', unit: 's', value: rounded(again.first + again.second), firstPass: rounded(again.first), secondPass: rounded(again.second), cpuSeconds: rounded(again.passesCpu), ...size }
      yield { name: 'whole analysis', unit: 's', value: rounded(again.total), firstTime: rounded(first.total), people: rounded(again.people), repeatedIds: rounded(first.repeated), repeatedIdsAgain: rounded(again.repeated), days: rounded(again.days), cpuSeconds: rounded(again.cpu), ...size }
      yield { name: 'peak memory of the process', unit: 'MiB', value: Math.round(peakMiB), ...size }
      yield { name: 'one metric by hand in SQL', unit: 's', value: rounded(limit.seconds), cpuSeconds: rounded(limit.cpu), ...size }
      yield { name: 'one metric, times the query by hand', unit: 'x', value: rounded((single.people + single.first + single.second) / limit.seconds), ofCpu: rounded(single.shapeCpu / limit.cpu), ...size }
      yield { name: 'ten metrics, times the query by hand for one', unit: 'x', value: rounded((again.people + again.first + again.second) / limit.seconds), ofCpu: rounded(again.shapeCpu / limit.cpu), ...size }
      perEvent.push((again.passesCpu / upTo) * 1e6)
    }
    yield { name: 'processor time of both passes per million events', unit: 's', value: rounded(perEvent.at(-1)), bySize: perEvent.map(rounded), units, events: events.at(-1) }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

function run(script, ...args) {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const { status, stdout } = spawnSync(process.execPath, [path, ...args.map(String)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  if (status !== 0) throw new Error(`${script} failed`)
  return stdout === '' ? null : JSON.parse(stdout)
}

const rounded = (value) => Number(value.toPrecision(3))
