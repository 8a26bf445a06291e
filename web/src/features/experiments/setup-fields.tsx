import type { Hypothesis } from '@assay/server/contract'
import { Radio, Select } from '@mantine/core'
import { useProject } from '../../api/project.ts'
import { FlagPicker } from '../../ui/flag-picker/flag-picker.tsx'
import { Panel } from '../../ui/panel.tsx'
import { percent } from '../../ui/format.ts'
import { ExperimentLayerField } from '../../ui/layer/experiment-layer-field.tsx'
import { ArmsField } from './arms-field.tsx'
import { AdvancedFields } from '../../ui/plan/advanced-fields.tsx'
import { CoverageStepsField } from '../../ui/plan/coverage-steps-field.tsx'
import { modes } from '../../ui/plan/modes.ts'
import { NumberField } from './number-field.tsx'
import css from './setup-form.module.css'
import { toSetup, treatmentShare, withFlag, type SetupErrors, type SetupValues } from './setup-values.ts'

interface Props {
  values: SetupValues
  errors: SetupErrors
  hypothesis: Hypothesis
  onChange: (values: SetupValues) => void
}

const assignments: readonly { value: SetupValues['assignment']; name: string; explanation: string }[] = [
  { value: 'internal', name: 'By Assay', explanation: 'Starting puts a rule on the flag that divides people.' },
  { value: 'external', name: 'Outside Assay', explanation: 'Something else divides people; the service records who met what.' },
]
const modeOrder = ['group_sequential', 'always_valid', 'fixed'] as const

/** Everything that a plan says beyond its hypothesis. */
export function SetupFields({ values, errors, hypothesis, onChange }: Props) {
  const { environments, unitTypes } = useProject()
  const set = (part: Partial<SetupValues>) => { onChange({ ...values, ...part }) }
  const setup = toSetup(values)
  const exposure = setup === null || values.assignment === 'external' ? null : treatmentShare(setup)
  const limit = hypothesis.maxExposure
  return (
    <>
      <Panel title="Who meets what">
        <div className={css.fields}>
          <div className={css.row}>
            <FlagPicker label="Flag" value={values.flag} error={errors['flag']} onChange={(flag) => { if (flag) onChange(withFlag(values, flag)) }} />
            <Select label="Environment" allowDeselect={false} data={environments.map((known) => ({ value: known.key, label: known.name }))} value={values.environment} error={errors['environment']} onChange={(environment) => { set({ environment: environment ?? values.environment }) }} />
            <Select label="Unit" allowDeselect={false} data={unitTypes.map((known) => known.key)} value={values.unitType} error={errors['unitType']} onChange={(unitType) => { set({ unitType: unitType ?? values.unitType }) }} />
          </div>
          <Radio.Group label="Who assigns people" value={values.assignment} onChange={(value) => { set({ assignment: assignments.find((known) => known.value === value)?.value ?? values.assignment }) }}>
            <div className={css.choices}>{assignments.map(({ value, name, explanation }) => <Radio key={value} className={css.choice} value={value} label={name} description={explanation} />)}</div>
          </Radio.Group>
          <ArmsField arms={values.arms} control={values.control} error={errors['arms'] ?? errors['control']} onArms={(arms) => { set({ arms }) }} onControl={(control) => { set({ control }) }} />
          {values.assignment === 'external' ? null : (
            <>
              <div className={css.row}>
                <NumberField label="Share of the audience admitted" suffix="%" max={100} decimalScale={3} value={values.coverage} error={errors['coverage']} onChange={(coverage) => { set({ coverage }) }}
                  description={exposure === null ? undefined : `${percent(exposure)} would meet the change${limit === null ? '' : `; the hypothesis allows ${percent(limit)}`}`} />
              </div>
              <CoverageStepsField steps={values.steps} error={errors['steps']} onChange={(steps) => { set({ steps }) }} />
              <ExperimentLayerField setup={values} coverage={setup?.coverage ?? null} error={errors['layer']} onChange={(layer) => { set({ layer }) }} />
            </>
          )}
        </div>
      </Panel>
      <Panel title="How it is read">
        <div className={css.fields}>
          <Radio.Group label="When the answer may be read" value={values.mode} onChange={(value) => { set({ mode: modeOrder.find((known) => known === value) ?? values.mode }) }}>
            <div className={css.choices}>{modeOrder.map((mode) => <Radio key={mode} className={css.choice} value={mode} label={modes[mode].name} description={modes[mode].explanation} />)}</div>
          </Radio.Group>
          <div className={css.row}>
            <NumberField label="Planned people" description="Over all variants." allowDecimal={false} value={values.plannedUnits} error={errors['plannedUnits']} onChange={(plannedUnits) => { set({ plannedUnits }) }} />
            <NumberField label="Planned days" description={hypothesis.maxDays === null ? 'What comes first ends it.' : `The hypothesis allows ${hypothesis.maxDays}.`} allowDecimal={false} max={365} value={values.plannedDays} error={errors['plannedDays']} onChange={(plannedDays) => { set({ plannedDays }) }} />
            <NumberField label="Shortest days" description="Good news waits for them." allowDecimal={false} max={365} value={values.minDays} error={errors['minDays']} onChange={(minDays) => { set({ minDays }) }} />
          </div>
          <div className={css.row}>
            <NumberField label="Chance of a false alarm" description="Alpha, two-sided. Usually 5%." suffix="%" decimalScale={3} value={values.alpha} error={errors['alpha']} onChange={(alpha) => { set({ alpha }) }} />
            <NumberField label="Chance to see the effect" description="Power, if the effect is as large as hoped. Usually 80%." suffix="%" decimalScale={3} value={values.power} error={errors['power']} onChange={(power) => { set({ power }) }} />
          </div>
          <AdvancedFields extras={values} mode={values.mode} errors={errors} onChange={set} />
        </div>
      </Panel>
    </>
  )
}
