import { asosSeries, recordedDataPresent, recordedResults, type SeriesLook } from '../recorded-data.ts'
import { mergeLooks } from '../../server/src/analysis/critical-values.ts'
import { exact, firstCrossing, type Engine, type Simulation } from './harness.ts'

/** Looks that a long series is read at: every so many, counted back from the last, at most 30. */
const mostLooks = 30

interface RecordedSeries { experiment: string; variant: string; metric: string; gstObf?: { firstCrossing: number | null; finalBoundary: number } | null }
interface Counts { series: number; fixedFinal: number; gstObf: number; alwaysValid: number; naivePeeking: number }

export const replay: Simulation[] = [
  {
    id: 'R1',
    about: 'recorded experiments day by day, read in every way (where ../shared/data is present)',
    run({ engine }) {
      if (!recordedDataPresent) return []
      const recorded = recordedResults<{ summary: { metric1: Counts }; final: RecordedSeries[] }>('asos')
      const expected = recorded.summary.metric1
      const boundaries = { compared: 0, same: 0 }
      const found: Counts = { series: 0, fixedFinal: 0, gstObf: 0, alwaysValid: 0, naivePeeking: 0 }
      for (const [key, looks] of asosSeries()) {
        if (!key.endsWith(' 1')) continue
        const read = readings(engine, looks)
        found.series++
        const theirs = recorded.final.find(({ experiment, variant, metric }) => `${experiment} ${variant} ${metric}` === key)?.gstObf
        // Where looks come too close to count, the recorded rule for merging them is another one.
        if (theirs && !read.merged) {
          boundaries.compared++
          if (Math.abs(read.finalBoundary - theirs.finalBoundary) <= 1e-8 && read.crossing === (theirs.firstCrossing ?? -1)) boundaries.same++
        }
        if (read.final) found.fixedFinal++
        if (read.crossing >= 0) found.gstObf++
        if (read.always) found.alwaysValid++
        if (read.naive) found.naivePeeking++
      }
      const names = { series: 'series', fixedFinal: 'called by the fixed test at the end', gstObf: 'called by group-sequential boundaries', alwaysValid: 'called by always-valid p', naivePeeking: 'called by peeking' }
      const asos = Object.entries(names).map(([name, what]) => exact('R1', `ASOS metric 1, ${what}`, found[name as keyof Counts], expected[name as keyof Counts]))
      return [...asos, exact('R1', `ASOS metric 1, of ${boundaries.compared} boundaries and crossings, not the recorded ones`, boundaries.compared - boundaries.same, 0), ...landingPage(engine)]
    },
  },
]

function readings(engine: Engine, looks: readonly SeriesLook[]) {
  const tests = looks.map(({ control, treatment }) => ({ test: engine.answerOrNull(engine.welchTest(control, treatment)), units: control.n + treatment.n }))
  const last = tests.at(-1)
  const units = last?.units ?? 0
  const rho = engine.tuneRhoSquared(0.05, units)
  const step = Math.ceil(looks.length / mostLooks)
  const thinned = tests.filter((_, i) => (looks.length - 1 - i) % step === 0)
  const fractions = mergeLooks(thinned.map((look) => look.units / units))
  const kept = fractions.map((t) => thinned.find((look) => look.units / units === t)?.test?.t ?? 0)
  const bounds = engine.groupSequentialBoundaries(fractions).z
  return {
    final: (last?.test?.p ?? 1) < 0.05,
    naive: tests.some(({ test }) => Math.abs(test?.t ?? 0) > 1.959963984540054),
    always: tests.some((look) => look.test !== null && engine.alwaysValidP(look.test.t, look.units, rho).p < 0.05),
    crossing: firstCrossing(kept, bounds),
    finalBoundary: bounds.at(-1) ?? NaN,
    merged: fractions.length < thinned.length,
  }
}

function landingPage(engine: Engine) {
  const { daily } = recordedResults<{ daily: { cumulative: [number, number, number, number]; z: number; alwaysValidP: number }[] }>('udacity_landing')
  const looks = daily.map(({ cumulative: [nA, xA, nB, xB] }) => {
    const test = engine.welchTest(engine.proportionSample(xA, nA), engine.proportionSample(xB, nB))
    return { z: engine.isAnswer(test) ? test.t : 0, units: nA + nB }
  })
  const planned = looks.at(-1)?.units ?? 0
  const running = engine.runningAlwaysValidP(looks, engine.tuneRhoSquared(0.05, planned))
  const bounds = engine.groupSequentialBoundaries(looks.map(({ units }) => units / planned)).z
  return [
    exact('R1', 'Udacity landing page, smallest always-valid p, in thousandths', Math.round(1000 * (running.at(-1) ?? 0)), 785),
    exact('R1', 'Udacity landing page, days on which group-sequential calls it', looks.filter(({ z }, k) => Math.abs(z) > (bounds[k] as number)).length, 0),
  ]
}
