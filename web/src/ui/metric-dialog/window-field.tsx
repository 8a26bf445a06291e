import { Checkbox, NumberInput, Select } from '@mantine/core'
import type { EditorProps } from './editor-props.ts'
import css from './metric-dialog.module.css'

/** For how long after the first exposure events count. */
export function WindowField({ form: { windowed, window, windowUnit }, change, errors }: EditorProps) {
  return (
    <div>
      <Checkbox label="Count only for some time after the first exposure" description="A closed window lets an experiment be read early without waiting for the last person." checked={windowed} onChange={(event) => { change({ windowed: event.currentTarget.checked }) }} />
      {windowed ? (
        <div className={css.window}>
          <NumberInput aria-label="Window" min={1} allowDecimal={false} w={110} value={window} onChange={(next) => { change({ window: next }) }} error={errors['window']} />
          <Select aria-label="Unit of the window" w={110} allowDeselect={false} data={[{ value: 'hours', label: 'hours' }, { value: 'days', label: 'days' }]} value={windowUnit} onChange={(next) => { change({ windowUnit: next === 'hours' ? 'hours' : 'days' }) }} />
        </div>
      ) : null}
    </div>
  )
}
