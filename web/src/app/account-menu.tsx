import { Menu } from '@mantine/core'
import { IconChevronDown, IconLogout } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { signOut, useMe } from '../api/session.ts'
import { Avatar } from '../ui/avatar.tsx'
import { toastFailed } from '../ui/toast.tsx'

export function AccountMenu() {
  const me = useMe()
  const navigate = useNavigate()
  const leave = () => {
    signOut().then(() => navigate({ to: '/sign-in' }), (error: unknown) => { toastFailed('You are still signed in', error) })
  }
  return (
    <Menu position="top-end">
      <Menu.Target>
        <button type="button" aria-label={`Account: ${me.name}`} style={{ display: 'flex', alignItems: 'center', gap: 4, minHeight: 24 }}>
          <Avatar name={me.name} size={24} /><IconChevronDown size={13} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.name}<br />{me.email}</Menu.Label>
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={leave}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
