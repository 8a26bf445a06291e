import { Menu } from '@mantine/core'
import { IconDevices, IconLogout } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useProjectKey } from '../api/project.ts'
import { signOut, useMe } from '../api/session.ts'
import { toastFailed } from '../ui/toast.tsx'
import { AccountButton } from './account-button.tsx'

export function AccountDropdown() {
  const me = useMe()
  const project = useProjectKey()
  const navigate = useNavigate()
  const leave = () => {
    signOut().then(() => navigate({ to: '/sign-in' }), (error: unknown) => { toastFailed('You are still signed in', error) })
  }
  return (
    <Menu position="top-end" defaultOpened>
      <Menu.Target><AccountButton /></Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.name}<br />{me.email}</Menu.Label>
        <Menu.Item leftSection={<IconDevices size={15} />} renderRoot={(props) => <Link to="/p/$project/settings/$section" params={{ project, section: 'sessions' }} {...props} />}>Sign-in and password</Menu.Item>
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={leave}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
