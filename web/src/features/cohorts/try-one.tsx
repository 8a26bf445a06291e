import type { Cohort } from '@assay/server/contract'
import { TextInput } from '@mantine/core'
import { IconCheck, IconHelp, IconMinus } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { Chip, type Tone } from '../../ui/chip.tsx'
import { Panel } from '../../ui/panel.tsx'
import { askedAttributes, readAttribute, withPath } from '../../ui/condition/asked-attributes.ts'
import { formToCohort, type CohortForm } from './cohort-form.ts'
import { ExplanationTree } from '../../ui/explanation/explanation-tree.tsx'
import { membership, type Membership } from './membership.ts'
import css from './try-one.module.css'

const outcomes: Record<Membership['outcome'], { tone: Tone; icon: ReactNode; words: string }> = {
  true: { tone: 'win', icon: <IconCheck size={12} aria-hidden />, words: 'In' },
  false: { tone: 'flat', icon: <IconMinus size={12} aria-hidden />, words: 'Not in' },
  unknown: { tone: 'warn', icon: <IconHelp size={12} aria-hidden />, words: 'Cannot be said' },
}

/** Is this one in it, and why? Asked of the same engine that services run, here in the page, with the cohort as it is being edited. */
export function TryOne({ cohortKey, form, cohorts }: { cohortKey: string; form: CohortForm; cohorts: readonly Cohort[] }) {
  const [unit, setUnit] = useState('')
  const [typed, setTyped] = useState<Record<string, string>>({})
  const unitPath = form.unit === 'user' ? 'targetingKey' : `${form.unit}.id`
  const asked = askedAttributes(form.when, cohorts).filter(({ path }) => path !== unitPath)
  const values = asked.flatMap(({ path, kind }) => {
    const value = readAttribute(kind, typed[path] ?? '')
    return value === undefined ? [] : [{ path, value }]
  })
  const context = [...values, ...(unit.trim() === '' ? [] : [{ path: unitPath, value: unit.trim() }])].reduce<Record<string, unknown>>((made, { path, value }) => withPath(made, path, value), {})
  const answer = Object.keys(context).length === 0 ? null : membership({ key: cohortKey, ...formToCohort(form) }, cohorts, context)
  return (
    <Panel title="Try one">
      <div className={css.inputs}>
        <TextInput label={form.unit === 'user' ? 'Person' : form.unit} placeholder={form.unit === 'user' ? 'customer-17' : `${form.unit}-17`} autoComplete="off" value={unit} onChange={(event) => { setUnit(event.currentTarget.value) }} />
        {asked.map(({ path, kind }) => <TextInput key={path} label={<code>{path}</code>} placeholder={kind === 'number' ? '3' : kind === 'boolean' ? 'true' : 'not given'} autoComplete="off" value={typed[path] ?? ''} onChange={(event) => { setTyped({ ...typed, [path]: event.currentTarget.value }) }} />)}
      </div>
      <div aria-live="polite">
        {answer === null ? <p className="muted">Type who it is and what you know about them: this says whether they are in, and why.</p> : (
          <div className={css.answer}>
            <Chip tone={outcomes[answer.outcome].tone} icon={outcomes[answer.outcome].icon}>{outcomes[answer.outcome].words}</Chip>
            <p>{answer.text}</p>
            <ExplanationTree steps={answer.steps} />
          </div>
        )}
      </div>
    </Panel>
  )
}
