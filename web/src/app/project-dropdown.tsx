import { Menu } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../api/project.ts'
import { useMe } from '../api/session.ts'
import { ProjectButton } from './project-button.tsx'

export function ProjectDropdown() {
  const current = useProjectKey()
  const { projects } = useMe()
  return (
    <Menu position="bottom-start" defaultOpened>
      <Menu.Target><ProjectButton /></Menu.Target>
      <Menu.Dropdown>
        {projects.map(({ key, name }) => (
          <Menu.Item key={key} component={Link} to={`/p/${key}`} rightSection={key === current ? <IconCheck size={14} /> : null}>{name}</Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
