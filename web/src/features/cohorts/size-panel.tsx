import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useProject } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { Chip } from '../../ui/chip.tsx'
import { date, percent } from '../../ui/format.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Panel } from '../../ui/panel.tsx'
import { definitionProblems, formToCohort, type CohortForm } from './cohort-form.ts'
import { cohortSizeQuery } from './cohorts-queries.ts'
import css from './size-panel.module.css'
import { insideText, unknownText, valueText } from './size-words.ts'

const DEBOUNCE_MS = 400

interface Props {
  /** Of the cohort that is edited; left out while it is new. */
  cohortKey?: string
  form: CohortForm
}

/** Whom the cohort would take in, as it stands on the page: counted over the people that services met lately. */
export function SizePanel({ cohortKey, form }: Props) {
  const project = useProject()
  const [chosen, setChosen] = useState<string>()
  const environment = chosen ?? (project.environments.find(({ production }) => production) ?? project.environments[0])?.key ?? ''
  const [counted] = useDebouncedValue(form, DEBOUNCE_MS)
  const { unit, when, included, excluded } = formToCohort(counted)
  const [problem] = definitionProblems(counted)
  const size = useQuery({ ...cohortSizeQuery(project.key, { environment, ...(cohortKey === undefined ? {} : { key: cohortKey }), unit, when, included, excluded }), enabled: problem === undefined })

  const body = () => {
    if (problem !== undefined) return <p className="muted">{problem} Then this says whom it takes in.</p>
    if (size.isPending) return <p className="muted">Counting the people seen lately</p>
    if (size.isError) return <p className="soft">The size is not known: {messageOf(size.error)}</p>
    const { basis, inside, unknown, share, examples } = size.data
    if (basis.since === null || basis.until === null) return <p className="muted">Nobody was seen here in the last 30 days. Once a service decides flags here, it says whom for, and this counts them.</p>
    const remark = unknownText(size.data)
    return (
      <div className={css.size} data-stale={size.isPlaceholderData}>
        <p className={css.share}><b>{percent(share)}</b>{insideText(size.data, unit)}</p>
        <span className={css.bar} aria-hidden><i className={css.inside} style={{ width: `${share * 100}%` }} /><i className={css.unknown} style={{ width: `${(unknown / basis.units) * 100}%` }} /></span>
        {remark === null ? null : <p className="soft">{remark}</p>}
        {inside === 0 ? <p className="soft">None of them is in it.</p> : (
          <div>
            <h3 className={css.title}>{examples.length === inside ? 'All of them' : 'The newest of them'}</h3>
            <ul className={css.examples}>
              {examples.map((example) => (
                <li key={example.unit}>
                  <code>{example.unit}</code>
                  {example.listed ? <Chip>always in</Chip> : null}
                  {Object.entries(example.attributes).map(([path, value]) => <span key={path}><span className="muted">{path}</span> {valueText(value)}</span>)}
                </li>
              ))}
            </ul>
          </div>
        )}
        <p className="muted">Seen from {date(basis.since)} on, the last of them <Ago at={basis.until} />. Counted <Ago at={new Date(size.dataUpdatedAt).toISOString()} />.</p>
      </div>
    )
  }
  return (
    <Panel title="Whom it takes in" aside={project.environments.length < 2 ? null : <Select size="xs" w={130} aria-label="Counted in" data={project.environments.map(({ key, name }) => ({ value: key, label: name }))} value={environment} allowDeselect={false} onChange={(key) => { setChosen(key ?? undefined) }} />}>
      <div aria-live="polite" aria-busy={size.isFetching}>{body()}</div>
    </Panel>
  )
}
