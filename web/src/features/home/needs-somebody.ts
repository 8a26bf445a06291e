import type { ChangeSummary, ExperimentSummary, Hypothesis, Task } from '@assay/server/contract'

export interface Need {
  kind: 'decide' | 'distrust' | 'harmful' | 'settle' | 'review' | 'apply' | 'start' | 'write' | 'plan' | 'late' | 'task'
  /** Key of the experiment, hypothesis, change or task. */
  key: string
  title: string
  /** What it waits for, as a sentence. */
  sentence: string
  /** Since when it waits. */
  since: string
}

const order: readonly Need['kind'][] = ['harmful', 'distrust', 'settle', 'review', 'apply', 'decide', 'late', 'task', 'start', 'plan', 'write']

export interface Waiting {
  experiments: readonly ExperimentSummary[]
  hypotheses: readonly Hypothesis[]
  changes: readonly ChangeSummary[]
  /** Open ones. */
  tasks: readonly Task[]
}

/** What waits for a person, the most urgent first. Of changes only those that wait for the one who reads; of tasks theirs, those of nobody that are due, and late ones. */
export function needsSomebody({ experiments, hypotheses, changes, tasks }: Waiting, me: string, now: Date): Need[] {
  const needs = [...tasks.flatMap((task) => taskNeed(task, me, now)), ...changes.filter(({ waitsForYou }) => waitsForYou).map(changeNeed), ...experiments.flatMap(experimentNeed), ...hypotheses.flatMap(hypothesisNeed)]
  return needs.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.since.localeCompare(b.since))
}

function changeNeed({ key, reason, status, flagName, environment, author, changedAt }: ChangeSummary): Need {
  const about = { key, title: reason, since: changedAt }
  const where = `${flagName} in ${environment}`
  switch (status) {
    case 'conflicted':
      return { ...about, kind: 'settle', sentence: `${where} moved on in the same place: choose.` }
    case 'approved':
      return { ...about, kind: 'apply', sentence: `Nothing is missing: apply it to ${where}.` }
    default:
      return { ...about, kind: 'review', sentence: `${author.name} proposes to change ${where}.` }
  }
}

function experimentNeed(experiment: ExperimentSummary): Need[] {
  const { key, title, status, verdict } = experiment
  const since = experiment.endedAt ?? experiment.startedAt ?? experiment.createdAt
  switch (status) {
    case 'draft':
      return [{ kind: 'start', key, title, sentence: 'A draft: check it and start it.', since }]
    case 'running':
      if (verdict?.kind === 'harmful') return [{ kind: 'harmful', key, title, sentence: verdict.sentence, since }]
      if (verdict?.kind === 'invalid') return [{ kind: 'distrust', key, title, sentence: verdict.sentence, since }]
      return verdict?.final ? [{ kind: 'decide', key, title, sentence: verdict.sentence, since }] : []
    case 'stopped':
      return [{ kind: 'decide', key, title, sentence: verdict?.sentence ?? 'It was stopped, and nobody has decided yet.', since }]
    case 'decided':
      return []
  }
}

function hypothesisNeed({ key, title, missing, experiments, changedAt }: Hypothesis): Need[] {
  if (experiments.length > 0) return []
  const [first] = missing
  if (!first) return [{ kind: 'plan', key, title, sentence: 'Written down whole: plan how to test it.', since: changedAt }]
  return [{ kind: 'write', key, title, sentence: missing.length === 1 ? first.message : `${first.message} And ${missing.length - 1} more to fill in.`, since: changedAt }]
}

const SOON_DAYS = 7

function taskNeed({ key, title, assignee, dueAt, createdAt }: Task, me: string, now: Date): Need[] {
  const today = now.toISOString().slice(0, 10)
  const soon = new Date(now.getTime() + SOON_DAYS * 86_400_000).toISOString().slice(0, 10)
  const late = dueAt !== null && dueAt < today
  const isDue = dueAt !== null && dueAt <= soon
  if (!late && assignee !== me && !(assignee === '' && isDue)) return []
  const who = assignee === '' ? 'Nobody has taken it on yet.' : assignee === me ? 'It is yours.' : `It is with ${assignee}.`
  return [{ kind: late ? 'late' : 'task', key, title, sentence: late ? `It was to be done by now. ${who}` : who, since: createdAt }]
}
