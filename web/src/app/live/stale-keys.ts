import type { LiveChange } from '@assay/server/contract'

type Key = readonly string[]

/** What a change of one thing makes stale, by the first part of query keys. `one` is read by key, of that thing alone. */
interface Stale {
  one?: readonly string[]
  lists: readonly string[]
}

/** What every published ruleset may alter. */
const DECIDES = ['connections', 'playground', 'rulesets', 'impact']

const STALE: Readonly<Record<string, Stale>> = {
  flag: { one: ['flag'], lists: ['flags', 'change', 'changes', 'usage', 'experiments', 'tasks', ...DECIDES] },
  change: { one: ['change'], lists: ['changes'] },
  cohort: { one: ['cohort'], lists: ['cohorts', 'flags', 'flag', 'experiments', ...DECIDES] },
  metric: { one: ['metric'], lists: ['metrics', 'experiment', 'experiments'] },
  hypothesis: { one: ['hypothesis'], lists: ['hypotheses', 'experiment', 'experiments', 'learnings', 'similar', 'programme', 'tasks'] },
  experiment: { one: ['experiment'], lists: ['experiments', 'hypotheses', 'hypothesis', 'flags', 'flag', 'layers', 'learnings', 'programme', 'tasks', 'metric', ...DECIDES] },
  analysis: { one: ['experiment', 'dimension'], lists: ['experiments', 'hypotheses', 'inbox'] },
  layer: { lists: ['layers', 'experiments', ...DECIDES] },
  holdout: { lists: ['holdouts', 'layers', 'experiments', ...DECIDES] },
  environment: { lists: ['project', 'flags', 'flag', 'changes', 'change', ...DECIDES] },
  project: { lists: ['project', ...DECIDES] },
  member: { lists: ['members', 'tokens'] },
  key: { lists: ['keys'] },
  token: { lists: ['tokens'] },
  task: { lists: ['tasks', 'hypotheses', 'hypothesis'] },
  export: { lists: [] },
  export_schedule: { lists: ['export-schedules'] },
}

/** What follows from nearly everything that somebody does. */
const FOLLOWS = ['audit', 'inbox', 'delivery']

/** In no project's name: what the person is in each. */
const OF_THE_PERSON = new Set(['member', 'project'])

/**
 * The queries that changes of a project made stale, each prefix once. What is not known here makes everything of the project
 * stale: a page may ask too often, and never too little.
 */
export function staleKeys(project: string, changes: readonly LiveChange[]): Key[] | 'all' {
  const keys = new Map<string, Key>()
  const add = (key: Key) => { keys.set(key.join('\n'), key) }
  for (const { kind, key } of changes) {
    const stale = STALE[kind]
    if (!stale) return 'all'
    for (const part of stale.one ?? []) add([part, project, key])
    for (const part of stale.lists) add([part, project])
    if (OF_THE_PERSON.has(kind)) add(['me'])
    if (kind !== 'analysis') for (const part of FOLLOWS) add([part, project])
  }
  const all = [...keys.values()]
  return all.filter((key) => !all.some((wider) => wider.length < key.length && wider.every((part, index) => part === key[index])))
}
