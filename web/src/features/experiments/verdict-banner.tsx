import type { ExperimentDetail } from '@assay/server/contract'
import type { ReactNode } from 'react'
import { alarmingChecks, bannerOf, healthChecks } from './banner.ts'
import { RuleChecks } from './rule-checks.tsx'
import css from './verdict-banner.module.css'
import { VerdictIcon } from './verdict-icon.tsx'
import { VerdictNumber } from './verdict-number.tsx'

interface Props {
  experiment: ExperimentDetail
  /** Numbers that are not to be believed are shown all the same, because somebody asked. */
  revealed: boolean
  actions?: ReactNode
}

/** More checks than this stand below the sentence instead of beside it. */
const BESIDE = 6

/** What the sealed rule says: one sentence, the number it rests on, and the rule as ticks. */
export function VerdictBanner({ experiment, revealed, actions }: Props) {
  const banner = bannerOf(experiment)
  const hidden = banner.hidden && !revealed
  const { analysis, plan } = experiment
  const checks = analysis === null ? [] : hidden ? healthChecks(analysis) : analysis.verdict.checks
  const below = checks.length > BESIDE
  return (
    <section className={`${css.verdict} ${css[banner.tone] ?? ''}`} aria-labelledby="verdict">
      <div className={css.main}>
        <div className={css.top}><VerdictIcon tone={banner.tone} /><span>{banner.top}</span></div>
        <h2 id="verdict">{banner.headline}</h2>
        <p>{banner.text}</p>
        {banner.newest === null ? null : <p>The rule fired with this verdict, and it stays on record. The newest analysis says: {banner.newest}</p>}
        {actions === undefined ? null : <div className={css.actions}>{actions}</div>}
      </div>
      {analysis !== null && banner.arm !== null && !hidden ? <VerdictNumber analysis={analysis} arm={banner.arm} minimumEffect={plan?.minimumEffect ?? null} /> : null}
      {analysis === null ? null : <RuleChecks checks={checks} below={below} sealedAt={experiment.startedAt} alarming={alarmingChecks(analysis, banner.tone)} />}
    </section>
  )
}
