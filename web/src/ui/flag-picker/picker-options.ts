import type { FlagPage } from '@assay/server/contract'

export interface PickerOption {
  value: string
  label: string
  disabled?: true
}

/** What can be chosen of the flags found first. The one that is chosen is always among them, and how many more there are is said. */
export function pickerOptions(found: FlagPage | undefined, value: string | null, without: readonly string[]): PickerOption[] {
  const flags = found?.flags.filter(({ key }) => !without.includes(key)) ?? []
  const options = flags.map(({ key, name }): PickerOption => ({ value: key, label: name === key ? key : `${name} (${key})` }))
  if (value !== null && !flags.some(({ key }) => key === value)) options.unshift({ value, label: value })
  const more = (found?.matching ?? 0) - (found?.flags.length ?? 0)
  return more > 0 ? [...options, { value: '', label: `${more.toLocaleString('en-GB')} more: write a part of a name, key or tag`, disabled: true }] : options
}
