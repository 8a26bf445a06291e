import { IconChevronDown } from '@tabler/icons-react'
import type { ComponentProps } from 'react'
import { useMe } from '../api/session.ts'
import { Avatar } from '../ui/avatar.tsx'

export function AccountButton(props: ComponentProps<'button'>) {
  const { name } = useMe()
  return (
    <button type="button" aria-label={`Account: ${name}`} style={{ display: 'flex', alignItems: 'center', gap: 4, minHeight: 24 }} {...props}>
      <Avatar name={name} size={24} /><IconChevronDown size={13} />
    </button>
  )
}
