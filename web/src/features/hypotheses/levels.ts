import { levelNames } from '../../ui/level-glyph.tsx'

/** The four levels every hypothesis climbs, and what people do on each. */
export const levels = [
  { level: 1, name: levelNames[0], verb: 'Say what would prove us wrong', up: 'A complete plan, sealed when the experiment starts.' },
  { level: 2, name: levelNames[1], verb: 'Expose the smallest useful cohort', up: 'The sealed rule gives an answer, or the planned time ends.' },
  { level: 3, name: levelNames[2], verb: 'Decide, and write down why', up: 'A recorded decision and what was learned.' },
  { level: 4, name: levelNames[3], verb: 'Roll out or remove the code', up: 'The loop is closed when the code that lost is gone.' },
] as const
