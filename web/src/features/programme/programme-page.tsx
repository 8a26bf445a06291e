import { Button } from '@mantine/core'
import { IconReportAnalytics } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useProject } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Failure } from '../../ui/failure.tsx'
import { date, percent, plural } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Tile } from '../../ui/tile.tsx'
import { Top } from '../../ui/top.tsx'
import { CalibrationChart } from './calibration-chart.tsx'
import { HoldoutsPanel } from './holdouts-panel.tsx'
import { MetricsPanel } from './metrics-panel.tsx'
import { programmeQuery } from './programme-queries.ts'
import css from './programme.module.css'
import { RangeBar } from './range-bar.tsx'
import { SamplePanel } from './sample-panel.tsx'

/** The Brier score of somebody who always says 50 %. */
const COIN = 0.25

export function ProgrammePage() {
  const project = useProject()
  const { data, error, refetch } = useQuery(programmeQuery(project.key))

  const body = () => {
    if (error && !data) return <Failure error={error} onRetry={() => { void refetch() }} />
    if (!data) return <Loading rows={6} />
    const { sample, winRate, falseDiscovery, calibration, metrics, holdouts } = data
    if (sample.counted === 0 && holdouts.length === 0) {
      return (
        <Empty icon={<IconReportAnalytics size={28} stroke={1.6} />} title="No experiment has a final verdict yet" action={<Button renderRoot={(props) => <Link to="/p/$project/experiments" params={{ project: project.key }} {...props} />}>Go to experiments</Button>}>
          Once some have, this page says how often ideas work here, what they add up to, and how good forecasts are.{sample.open > 0 ? ` ${plural(sample.open, 'experiment is', 'experiments are')} still open.` : ''}{sample.invalid > 0 ? ` ${plural(sample.invalid, 'is', 'are')} invalid and will never count.` : ''}
        </Empty>
      )
    }
    const rate = winRate.value
    const risk = falseDiscovery.value
    const brier = calibration.value
    return (
      <>
        <p className={css.lead}>{plural(sample.counted, 'experiment')} with a final, valid verdict{sample.from === null || sample.to === null ? '' : `, ${date(sample.from)} to ${date(sample.to)}`}. Computed <Ago at={data.at} />.</p>
        <div className={css.tiles}>
          <Tile label="Confirmed, of all that ended" value={rate === null ? null : percent(rate.rate, 0)} {...(rate === null ? {} : { beside: `${percent(rate.lower, 0)} to ${percent(rate.upper, 0)}` })} sentence={winRate.sentence}>
            {rate === null ? null : <RangeBar value={rate.rate} lower={rate.lower} upper={rate.upper} />}
          </Tile>
          <Tile label="Of the confirmed, luck" value={risk === null ? null : percent(risk.risk, 0)} {...(risk === null ? {} : { beside: risk.upper === null ? `${percent(risk.lower, 0)} or more` : `${percent(risk.lower, 0)} to ${percent(risk.upper, 0)}` })} sentence={falseDiscovery.sentence}>
            {risk === null ? null : <RangeBar value={risk.risk} lower={risk.lower} upper={risk.upper} />}
          </Tile>
          <Tile label="Error of forecasts (Brier)" value={brier === null ? null : brier.brier.toFixed(2)} {...(brier === null ? {} : { beside: `${brier.lower.toFixed(2)} to ${brier.upper.toFixed(2)}` })} sentence={calibration.sentence}>
            {brier === null ? null : <RangeBar value={brier.brier} lower={brier.lower} upper={brier.upper} mark={COIN} />}
          </Tile>
        </div>
        <HoldoutsPanel holdouts={holdouts} />
        <MetricsPanel metrics={metrics} />
        {brier === null ? null : (
          <Panel title="Forecasts against what came" aside={<span className="muted">{calibration.lifts.forecasts === 0 ? 'No lift was forecast' : `${calibration.lifts.inside} of ${plural(calibration.lifts.forecasts, 'forecast lift')} lay in the interval that was found`}</span>}>
            <CalibrationChart bins={brier.bins} />
          </Panel>
        )}
        {sample.counted === 0 ? null : <SamplePanel programme={data} />}
      </>
    )
  }
  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Programme' }]} />
      <Page wide title="Programme" lead="How the experiments of this project do, taken together.">{body()}</Page>
    </>
  )
}
