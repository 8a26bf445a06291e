import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useThrottled } from './use-throttled.ts'

interface Props {
  label: string
  placeholder: string
  /** What is searched for now, as the address says; undefined for nothing. */
  value: string | undefined
  onChange: (value: string | undefined) => void
  className?: string | undefined
}

/** Searches faster than this are one. */
const EVERY_MS = 60

/** A search that is written without waiting for what it finds. */
export function SearchField({ label, placeholder, value, onChange, className }: Props) {
  const [text, setText] = useState(value ?? '')
  const [sent, setSent] = useState(value)
  const send = useThrottled((next: string) => { const search = next === '' ? undefined : next; setSent(search); onChange(search) }, EVERY_MS)
  // The search was changed elsewhere: cleared, or by the browser's back button.
  const [seen, setSeen] = useState(value)
  if (seen !== value) {
    setSeen(value)
    if (value !== sent) {
      setSent(value)
      setText(value ?? '')
    }
  }
  return <TextInput aria-label={label} placeholder={placeholder} leftSection={<IconSearch size={15} />} className={className ?? ''} value={text} spellCheck={false} onChange={(event) => { setText(event.currentTarget.value); send(event.currentTarget.value) }} />
}
