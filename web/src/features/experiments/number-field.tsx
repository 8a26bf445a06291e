import { NumberInput, type NumberInputProps } from '@mantine/core'

interface Props extends Omit<NumberInputProps, 'value' | 'onChange'> {
  value: number | ''
  onChange: (value: number | '') => void
}

/** A number, or nothing. */
export function NumberField({ onChange, ...rest }: Props) {
  return <NumberInput thousandSeparator="," allowNegative={false} hideControls {...rest} onChange={(value) => { onChange(typeof value === 'number' ? value : value === '' || Number.isNaN(Number(value)) ? '' : Number(value)) }} />
}
