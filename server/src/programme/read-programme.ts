import type { Programme } from '../contract/programme.ts'
import { answerOrNull, calibration, falseDiscoveryRisk, normalUpperQuantile, winRate } from '../stats/index.ts'
import { liftTotals } from './lift-total.ts'
import { type Started, programmeFacts, type ProgrammeFact } from './programme-facts.ts'
import { plural, shareWords } from './words.ts'

/** Everything about the programme but its holdouts, which are measured, not remembered. */
export function readProgramme(experiments: readonly Started[], now: Date): Omit<Programme, 'holdouts'> {
  const { facts, invalid, open } = programmeFacts(experiments)
  const { metrics, shrunk } = liftTotals(facts)
  const wins = winRateOf(facts)
  return {
    at: now.toISOString(),
    sample: { counted: facts.length, invalid, open, from: facts[0]?.at ?? null, to: facts.at(-1)?.at ?? null },
    winRate: wins,
    falseDiscovery: falseDiscoveryOf(facts, wins.value),
    metrics,
    calibration: calibrationOf(facts),
    experiments: [...facts].reverse().map(({ key, title, verdict, metric, effect, shipped, forecast, at }) => ({ key, title, verdict, metric: metric.name, effect, shrunk: shrunk.get(key) ?? null, shipped, forecast: forecast.probability, at })),
  }
}

function winRateOf(facts: readonly ProgrammeFact[]): Programme['winRate'] {
  const value = answerOrNull(winRate(facts.map(({ verdict }) => ({ kind: verdict, final: true }))))
  if (value === null) return { value: null, sentence: 'No experiment has a final, valid verdict yet.' }
  return { value, sentence: `${value.wins} of ${plural(value.decided, 'experiment')} with a final verdict ${value.wins === 1 ? 'was' : 'were'} confirmed: ${shareWords(value.rate)}. With ${value.decided < 20 ? 'so few' : 'this many'}, the true rate lies between ${shareWords(value.lower)} and ${shareWords(value.upper)}.` }
}

function falseDiscoveryOf(facts: readonly ProgrammeFact[], wins: Programme['winRate']['value']): Programme['falseDiscovery'] {
  if (wins === null) return { value: null, sentence: 'It follows from the win rate, and there is none yet.' }
  const mean = (of: (fact: ProgrammeFact) => number) => facts.reduce((sum, fact) => sum + of(fact), 0) / facts.length
  const [alpha, power] = [mean((fact) => fact.alphaPerSide), mean((fact) => fact.power)]
  const found = answerOrNull(falseDiscoveryRisk(wins.rate, alpha, power))
  if (found === null) return { value: null, sentence: `No more were confirmed than chance alone confirms (${shareWords(alpha)}): what was, may be luck.` }
  // The more wins, the fewer of them are luck.
  const lower = answerOrNull(falseDiscoveryRisk(wins.upper, alpha, power))?.risk ?? 0
  const upper = answerOrNull(falseDiscoveryRisk(wins.lower, alpha, power))?.risk ?? null
  return {
    value: { risk: found.risk, lower, upper, trueShare: found.trueShare },
    sentence: `Of 100 confirmed experiments about ${Math.round(found.risk * 100)} are luck, if this win rate is the true one; ${upper === null ? 'as few as the data are, it may also be most of them' : `between ${Math.round(lower * 100)} and ${Math.round(upper * 100)} at the ends of its interval`}. Planned with ${shareWords(power)} power, that means about ${shareWords(found.trueShare)} of the ideas work.`,
  }
}

function calibrationOf(facts: readonly ProgrammeFact[]): Programme['calibration'] {
  const forecasts = facts.flatMap(({ forecast, verdict }) => (forecast.probability === null ? [] : [{ probability: forecast.probability, success: verdict === 'confirmed' }]))
  const known = facts.flatMap(({ forecast, effect }) => (forecast.lift === null || effect === null ? [] : [{ lift: forecast.lift, effect }]))
  const lifts = { forecasts: known.length, inside: known.filter(({ lift, effect }) => (effect.lower === null || lift >= effect.lower) && (effect.upper === null || lift <= effect.upper)).length }
  const found = answerOrNull(calibration(forecasts))
  if (found === null) return { value: null, lifts, sentence: 'No forecast has met its verdict yet: say with a hypothesis how likely it is, and it is scored here.' }
  const errors = forecasts.map(({ probability, success }) => (probability - (success ? 1 : 0)) ** 2)
  const variance = errors.length < 2 ? null : errors.reduce((sum, error) => sum + (error - found.brier) ** 2, 0) / (errors.length - 1)
  const half = variance === null ? Infinity : normalUpperQuantile(0.025) * Math.sqrt(variance / errors.length)
  const expected = forecasts.reduce((sum, { probability }) => sum + probability, 0)
  const wins = forecasts.filter(({ success }) => success).length
  const tilt = Math.abs(expected - wins) < 1 ? 'neither hopeful nor gloomy' : expected > wins ? 'hopeful' : 'gloomy'
  return {
    lifts,
    value: {
      forecasts: forecasts.length, brier: found.brier, lower: Math.max(0, found.brier - half), upper: Math.min(1, found.brier + half), skill: found.skill,
      bins: found.bins.map(({ interval, ...bin }) => ({ ...bin, ...interval })),
    },
    sentence: `${plural(forecasts.length, 'forecast')} expected ${expected.toFixed(1)} confirmed, and ${plural(wins, 'was', 'were')}: ${tilt}. The mean squared error (Brier) is ${found.brier.toFixed(2)}; always saying 50% scores 0.25, knowing everything 0.`,
  }
}
