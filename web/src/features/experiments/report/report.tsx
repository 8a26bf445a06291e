import type { ExperimentDetail, Plan } from '@assay/server/contract'
import type { ReactNode } from 'react'
import { date, dateTimeUtc, percent, plural } from '../../../ui/format.ts'
import { bannerOf } from '../banner.ts'
import { choiceWords } from '../choice-words.ts'
import { phrase } from '../phrase.ts'
import { VerdictIcon } from '../verdict-icon.tsx'
import { armsWords, deviationsOf, healthWords, peopleWords, questionOf, shortened } from './report-facts.ts'
import { ReportForest } from './report-forest.tsx'
import css from './report.module.css'
import { useFit } from './use-fit.ts'

interface Props {
  experiment: ExperimentDetail
  plan: Plan
  planHash: string
  /** Name of the project. */
  project: string
}

/** Height of a Letter page between its margins, in CSS pixels, less what rounding takes; A4 is higher. */
const PAGE_PX = 968
/** So much of what people wrote has room; the page in Assay has it all. */
const TEXT = 420

/** The experiment on one page. */
export function Report({ experiment, plan, planHash, project }: Props) {
  const fit = useFit<HTMLElement>(PAGE_PX)
  const { analysis, decision } = experiment
  const { draft } = plan.hypothesis
  const banner = bannerOf(experiment)
  const deviations = deviationsOf(experiment)
  const because = phrase(draft.because)
  return (
    <article ref={fit} className={css.report}>
      <header className={css.head}>
        <p>Experiment report<span aria-hidden> · </span>{experiment.key}<span aria-hidden> · </span>{project}</p>
        <h1>{shortened(experiment.title, 140)}</h1>
      </header>

      <section className={css.question}>
        <h2>The question</h2>
        <p><b>{questionOf(plan)}</b>{because === '' ? null : ` It was expected because ${shortened(because, TEXT)}.`}</p>
        <dl>
          <Fact name="What was changed">{shortened(draft.change.replace(/[.\s]+$/, ''), 200)}. Variants: {armsWords(plan)}</Fact>
          <Fact name="For whom">{audienceWords(plan)}</Fact>
          <Fact name="When">{whenWords(experiment)}</Fact>
          <Fact name="People">{analysis === null ? 'Nobody yet' : peopleWords(analysis)}</Fact>
        </dl>
      </section>

      <section className={css.verdict} aria-label="Verdict">
        <h2><VerdictIcon tone={banner.tone} size={22} />{banner.headline}</h2>
        <p>{banner.text}</p>
        {banner.newest === null ? null : <p>The rule fired with this verdict, which stays on record. The newest analysis says: {banner.newest}</p>}
      </section>

      {analysis === null ? null : banner.hidden ? (
        <section><h2>The numbers</h2><p>They are not shown, because the data they come from is not sound.</p></section>
      ) : (
        <section><h2>The numbers</h2><ReportForest analysis={analysis} plan={plan} /></section>
      )}

      <div className={css.halves}>
        <section>
          <h2>Can it be believed?</h2>
          {analysis === null ? <p>There is no analysis yet.</p> : <ul>{healthWords(analysis).map((words) => <li key={words}>{words}</li>)}</ul>}
        </section>
        <section>
          <h2>Was it done as planned?</h2>
          {deviations.shown.length === 0 ? <p>Yes: nothing that was registered has been changed since.</p> : (
            <ul>
              {deviations.shown.map((one) => <li key={`${one.what} ${one.now}`}>{shortened(one.what, 60)}: registered {shortened(one.registered, 70)}, now {shortened(one.now, 70)}</li>)}
              {deviations.more === 0 ? null : <li>{plural(deviations.more, 'further deviation')} on the page.</li>}
            </ul>
          )}
        </section>
      </div>

      <section className={css.decision}>
        <h2>What was decided and learned</h2>
        {decision === null ? <p>Nothing has been decided yet{draft.decider === '' ? '' : `. ${shortened(phrase(draft.decider), 80)} decides`}.</p> : (
          <>
            <p><b>{choiceWords(decision)}</b>, decided by {decision.by} on {date(decision.at)}{decision.differsFromVerdict ? ', against the verdict' : ''}.{decision.note === '' ? null : ` ${shortened(decision.note, TEXT)}`}</p>
            <p><b>Learned:</b> {shortened(decision.learning, TEXT)}</p>
          </>
        )}
      </section>

      <footer className={css.foot}>
        <p>
          <b>How to read this.</b> People met one variant each, by chance, and are counted once. An interval holds the changes that fit the data: 19 times in 20 the true one is in it, unless another kind is named.
          A metric that must not get worse “holds” where it was shown to stay within its limit. The verdict follows a rule that was written down and sealed with the whole plan before anybody took part.
        </p>
        <p className={css.seal}>Sealed plan <code>{planHash}</code></p>
        <p className={css.seal}>{analysis === null ? `Engine ${plan.engineVersion}` : `Engine ${analysis.engineVersion}, analysed ${dateTimeUtc(analysis.at)}`}, phase {experiment.phase}. Assay.</p>
      </footer>
    </article>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return <div><dt>{name}</dt><dd>{children}</dd></div>
}

function audienceWords({ hypothesis: { draft }, cohort, coverage, environment }: Plan): string {
  const who = shortened(phrase(draft.audience), 160) || 'everyone'
  const named = cohort === null ? '' : ` (cohort ${cohort.key})`
  return `${who.charAt(0).toUpperCase()}${who.slice(1)}${named}; ${percent(coverage)} of them, in ${environment}`
}

function whenWords({ startedAt, endedAt, days, analysis, plan }: ExperimentDetail): string {
  const from = analysis?.firstExposureAt ?? startedAt
  const length = days === null ? '' : `, ${plural(Math.floor(days), 'day')} of data`
  const planned = plan?.plannedDays ? ` of ${plan.plannedDays} planned` : ''
  return `${from === null ? 'Not started' : `From ${date(from)}`}${endedAt === null ? ', still running' : ` to ${date(endedAt)}`}${length}${planned}`
}
