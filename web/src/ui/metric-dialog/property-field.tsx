import type { SeenEvent } from '@assay/server/contract'
import { Autocomplete } from '@mantine/core'
import css from './source-fields.module.css'

interface Props {
  label: string
  event: string
  seen: readonly SeenEvent[]
  value: string
  onChange: (property: string) => void
  error: string | undefined
}

/** Which number of an event counts. */
export function PropertyField({ label, event, seen, value, onChange, error }: Props) {
  const found = seen.find(({ name }) => name === event)
  const numeric = (found?.properties ?? []).filter(({ type }) => type === 'number').map(({ name }) => name)
  const without = found && found.withValue === 0 ? 'These events come without a value of their own: name a property.' : 'A numeric property. Empty takes the event’s own value.'
  return <Autocomplete label={label} description={without} placeholder="its own value" classNames={{ input: css.mono ?? '' }} data={numeric} value={value} onChange={onChange} error={error} spellCheck={false} autoComplete="off" />
}
