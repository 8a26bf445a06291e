import type { ExperimentSetup, FlagSummary, Metric } from '@assay/server/contract'
import { NumberInput, Radio, Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { usePermit, useProject } from '../../api/project.ts'
import { FlagPicker } from '../../ui/flag-picker/flag-picker.tsx'
import { percent } from '../../ui/format.ts'
import { ExperimentLayerField } from '../../ui/layer/experiment-layer-field.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { AdvancedFields } from '../../ui/plan/advanced-fields.tsx'
import { CoverageStepsField } from '../../ui/plan/coverage-steps-field.tsx'
import { modes } from '../../ui/plan/modes.ts'
import { extraProblems } from '../../ui/plan/plan-extras.ts'
import { ArmsEditor } from './arms-editor.tsx'
import type { Choices } from './choices.ts'
import { numberOf, percentToShare } from './draft-form.ts'
import { proposedMode, setupProblems, treatedShare, withFlag } from './setup-form.ts'
import type { Wizard } from './use-wizard.ts'
import css from './wizard.module.css'

const CreateFlagDialog = lazy(async () => ({ default: (await import('./create-flag-dialog.tsx')).CreateFlagDialog }))
// The statistics come with it.
const DurationPanel = lazy(async () => ({ default: (await import('./duration-panel.tsx')).DurationPanel }))

const modeKeys = Object.keys(modes) as ExperimentSetup['mode'][]

/** Which flag shows the change, to whom, and how many people that takes. */
export function ExposeStep({ wizard, choices, locked }: { wizard: Wizard; choices: Choices; locked: string | null }) {
  const project = useProject()
  const mayCreateFlag = usePermit('flag.write')
  const { form, setup, changeSetup, drafted } = wizard
  const [asked, setAsked] = useState<'flag' | 'later'>(setup.flag === null && drafted === null ? 'later' : 'flag')
  const [creating, setCreating] = useState(false)
  const primary = choices.metrics.find(({ key }) => key === form.primaryMetric)
  const limit = percentToShare(form.maxExposure)
  const treated = treatedShare(setup)
  const extraErrors = extraProblems(setup, numberOf(setup.coverage), setup.assignment)
  // Those stand at their fields.
  const problems = setupProblems(setup).filter((problem) => !Object.values(extraErrors).includes(problem))
  const change = (part: Partial<typeof setup>) => { changeSetup({ ...setup, ...part }) }
  const choose = (flag: FlagSummary | undefined) => { changeSetup(withMode(withFlag(setup, flag), primary)) }

  if (locked !== null) {
    return <Notice><p>{locked} runs, and its plan is sealed: who meets what cannot be changed under it. <Link to="/p/$project/experiments/$experiment" params={{ project: project.key, experiment: locked }}>Open {locked}</Link></p></Notice>
  }
  return (
    <>
      {drafted === null ? (
        <Radio.Group label="The change is shown by" value={asked} onChange={(value) => { setAsked(value === 'flag' ? 'flag' : 'later'); if (value !== 'flag') choose(undefined) }}>
          <div style={{ display: 'grid', gap: 10, marginTop: 6 }}>
            <Radio value="flag" label="A flag that I choose now" />
            <Radio value="later" label="A flag that an engineer chooses later" description="The plan is saved without it, and says that it needs exposure." />
          </div>
        </Radio.Group>
      ) : null}
      {asked === 'later' ? null : (
        <>
          <div className={css.withButton}>
            <FlagPicker label="Flag" description="Its variants become the arms." placeholder="Choose a flag" value={setup.flag} error={wizard.errors['flag']} onChange={(flag) => { choose(flag ?? undefined) }} />
            <PermittedButton permit={mayCreateFlag} variant="default" leftSection={<IconPlus size={14} />} onClick={() => { setCreating(true) }}>New flag</PermittedButton>
          </div>
          <div className={css.pair}>
            <Select label="Environment" allowDeselect={false} data={project.environments.map(({ key, name }) => ({ value: key, label: name }))} value={setup.environment} onChange={(environment) => { change({ environment: environment ?? setup.environment }) }} />
            {project.unitTypes.length > 1 ? <Select label="What is counted" description="Each meets one variant throughout." allowDeselect={false} data={project.unitTypes.map(({ key }) => key)} value={setup.unitType} error={wizard.errors['unitType']} onChange={(unitType) => { change({ unitType: unitType ?? setup.unitType }) }} /> : null}
            <Select label="Who assigns" allowDeselect={false} data={[{ value: 'internal', label: 'Assay, by a rule on the flag' }, { value: 'external', label: 'A service of ours, which reports it' }]} value={setup.assignment} onChange={(assignment) => { change({ assignment: assignment === 'external' ? 'external' : 'internal' }) }} />
          </div>
          {setup.flag === null ? null : (
            <>
              <ArmsEditor arms={setup.arms} control={setup.control} onChange={change} />
              <div className={css.pair}>
                <NumberInput label="Let in" description="Of the audience; the others are served as before." suffix="%" min={0} max={100} hideControls value={setup.coverage} error={wizard.errors['coverage']} onChange={(coverage) => { change({ coverage }) }} />
                <NumberInput label="Planned people" description="Over all arms. Leave open to plan by days." placeholder="Open" min={2} allowDecimal={false} thousandSeparator="," hideControls value={setup.plannedUnits} error={wizard.errors['plannedUnits']} onChange={(plannedUnits) => { change({ plannedUnits }) }} />
                <NumberInput label="Planned days" description="Leave open to plan by people." placeholder="Open" suffix=" days" min={1} max={365} allowDecimal={false} hideControls value={setup.plannedDays} error={wizard.errors['plannedDays']} onChange={(plannedDays) => { change({ plannedDays }) }} />
                <NumberInput label="Days before any answer" description="A week lets every weekday count." suffix=" days" min={0} max={365} allowDecimal={false} hideControls value={setup.minDays} error={wizard.errors['minDays']} onChange={(minDays) => { change({ minDays }) }} />
              </div>
              {setup.assignment === 'external' ? null : <CoverageStepsField steps={setup.steps} error={extraErrors.steps} onChange={(steps) => { change({ steps }) }} />}
              {setup.assignment === 'external' ? null : <ExperimentLayerField setup={{ ...setup, flag: setup.flag }} coverage={percentToShare(setup.coverage)} error={wizard.errors['layer']} onChange={(layer) => { change({ layer }) }} />}
              <Radio.Group label="The answer is read" value={setup.mode} onChange={(mode) => { change({ mode: modeKeys.find((each) => each === mode) ?? setup.mode }) }}>
                <div style={{ display: 'grid', gap: 10, marginTop: 6 }}>
                  {modeKeys.map((mode) => <Radio key={mode} value={mode} label={modes[mode].name} description={modes[mode].explanation} />)}
                </div>
              </Radio.Group>
              <AdvancedFields extras={setup} mode={setup.mode} errors={extraErrors} onChange={change} />
              {limit !== null && treated > limit + 1e-9 ? <Notice tone="warn">{percent(treated)} of the audience would meet the change; the plan allows {percent(limit)}. Let fewer people in, or raise the limit under Decide.</Notice> : <p className={css.hint}>{percent(treated)} of the audience would meet the change{limit === null ? '' : `, of ${percent(limit)} allowed`}.</p>}
              {problems.length === 0 ? null : <Notice tone="warn">{problems.join(' ')}</Notice>}
              <Suspense fallback={<Loading rows={2} />}><DurationPanel form={form} setup={setup} metric={primary} onPlan={(plannedUnits) => { changeSetup(withMode({ ...setup, plannedUnits, plannedDays: '' }, primary)) }} /></Suspense>
            </>
          )}
        </>
      )}
      {creating ? (
        <Suspense>
          <CreateFlagDialog
            suggested={form.title}
            create={wizard.createFlag}
            onClose={() => { setCreating(false) }}
            onCreated={(flag) => { setCreating(false); change({ flag, arms: [{ variant: 'off', weight: 1, included: true }, { variant: 'on', weight: 1, included: true }], control: 'off', mode: withMode(setup, primary).mode }) }}
          />
        </Suspense>
      ) : null}
    </>
  )
}

function withMode(setup: Wizard['setup'], metric: Metric | undefined): Wizard['setup'] {
  return { ...setup, mode: proposedMode(metric, numberOf(setup.plannedUnits) !== null || numberOf(setup.plannedDays) !== null) }
}
