import type { ExperimentDetail } from '@assay/server/contract'
import { IconStethoscope } from '@tabler/icons-react'
import { Empty } from '../../ui/empty.tsx'
import { Panel } from '../../ui/panel.tsx'
import { AnalysisFacts } from './analysis-facts.tsx'
import { ArrivalsPanel } from './arrivals-panel.tsx'
import { bannerOf } from './banner.ts'
import { HealthPanel } from './health-panel.tsx'
import { healthRows } from './health.ts'
import { OddPanel } from './odd-panel.tsx'
import { PeoplePanel } from './people-panel.tsx'
import { ServicesPanel } from './services-panel.tsx'
import { SrmFacts } from './srm-facts.tsx'

/** Whether the data can be believed, before anybody reads what they say. */
export function HealthTab({ experiment, revealed, now }: { experiment: ExperimentDetail; revealed: boolean; now: Date }) {
  const { analysis } = experiment
  if (analysis === null) {
    return (
      <div className="columns">
        <Empty icon={<IconStethoscope size={28} stroke={1.6} />} title={experiment.status === 'draft' ? 'It has not started' : 'Nobody was analysed yet'}>Once people have met a variant this says whether they are divided as planned, whether each met one variant only, and how fresh the numbers are.</Empty>
        <ServicesPanel experiment={experiment} />
      </div>
    )
  }
  // What is odd about values speaks of the numbers, which are hidden while their data is not sound.
  const hidden = bannerOf(experiment).hidden && !revealed
  return (
    <div className="columns">
      <div>
        <HealthPanel rows={healthRows(experiment, now)} />
        <ArrivalsPanel analysis={analysis} />
        {hidden ? null : <OddPanel analysis={analysis} />}
      </div>
      <div>
        <PeoplePanel analysis={analysis}><SrmFacts analysis={analysis} /></PeoplePanel>
        <ServicesPanel experiment={experiment} />
        <Panel title="The analysis"><AnalysisFacts analysis={analysis} /></Panel>
      </div>
    </div>
  )
}
