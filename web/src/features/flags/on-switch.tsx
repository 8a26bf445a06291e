import { Switch } from '@mantine/core'

/** Turns a flag on and off where no review stands before it. */
export function OnSwitch({ on, label, disabled, onChange }: { on: boolean; label: string; disabled: boolean; onChange: () => void }) {
  return <Switch checked={on} size="md" aria-label={label} disabled={disabled} onChange={onChange} />
}
