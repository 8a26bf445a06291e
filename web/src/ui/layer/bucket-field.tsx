import { NumberInput } from '@mantine/core'
import { useState } from 'react'
import { weightOfPercent } from '../serve/weight-of-percent.ts'

interface Props {
  label: string
  /** Of the 100,000 of a layer. */
  buckets: number
  error?: string | undefined
  size: 'xs' | 'sm'
  className: string | undefined
  onChange: (buckets: number) => void
}

/** Buckets of a layer, typed in percent. An emptied field counts as none, and stays empty until it is left. */
export function BucketField({ label, buckets, error, size, className, onChange }: Props) {
  const [typed, setTyped] = useState<number | string | null>(null)
  const change = (value: number | string) => {
    setTyped(value)
    onChange(weightOfPercent(Number(value) || 0))
  }
  const shown = typed !== null && weightOfPercent(Number(typed) || 0) === buckets ? typed : buckets / 1000
  return <NumberInput label={label} value={shown} error={error} onChange={change} onBlur={() => { setTyped(null) }} suffix="%" min={0} max={100} decimalScale={3} step={5} size={size} className={className} />
}
