import type { ExperimentDetail } from '@assay/server/contract'
import { useProject } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { EnvTag } from '../../ui/env-tag.tsx'
import { count, date, percent } from '../../ui/format.ts'
import { LevelGlyph, levelNames } from '../../ui/level-glyph.tsx'
import { dayWords } from './banner.ts'
import css from './experiment-page.module.css'

/** Facts under the title: level, decider, day, people, and how old the numbers are. */
export function ExperimentMeta({ experiment, now }: { experiment: ExperimentDetail; now: Date }) {
  const { environments } = useProject()
  const environment = environments.find((known) => known.key === experiment.environment)
  // Who decides may be followed by when; the hypothesis below says both.
  const decider = experiment.plan?.hypothesis.draft.decider.split(',')[0]?.trim() ?? ''
  const since = experiment.analysis?.firstExposureAt ?? experiment.startedAt
  const days = dayWords(experiment, now)
  return (
    <>
      <span className={css.fact}><LevelGlyph level={experiment.level} size={18} />{levelNames[experiment.level - 1]}</span>
      <EnvTag name={environment?.name ?? experiment.environment} production={environment?.production ?? false} />
      {decider === '' ? null : <span className={css.fact}><Avatar name={decider} size={20} />{decider} decides</span>}
      {days === null ? null : <span>{days}{since === null ? '' : `, ${experiment.status === 'running' ? 'since' : 'from'} ${date(since)}`}</span>}
      {experiment.status === 'running' && experiment.assignment === 'internal' ? <span>{percent(experiment.coverage)} admitted{experiment.nextStep ? `, ${percent(experiment.nextStep.coverage)} from ${date(experiment.nextStep.at)}` : ''}</span> : null}
      {experiment.status === 'draft' ? <span>Draft</span> : <span>{count(experiment.people)} people</span>}
      {experiment.endedAt === null ? null : <span>{experiment.status === 'decided' ? 'Ended' : 'Stopped'} {date(experiment.endedAt)}{experiment.stopReason ? `: ${experiment.stopReason}` : ''}</span>}
      {experiment.analysis === null ? null : <span>Analysed <Ago at={experiment.analysis.at} /></span>}
    </>
  )
}
