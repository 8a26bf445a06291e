import { Menu } from '@mantine/core'
import { IconCheck, IconSelector } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useProject } from '../api/project.ts'
import { useMe } from '../api/session.ts'
import { LevelGlyph } from '../ui/level-glyph.tsx'
import css from './project-switcher.module.css'

/** Names the product and the project, and switches between the person's projects. */
export function ProjectSwitcher() {
  const project = useProject()
  const { projects } = useMe()
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={css.switcher} aria-label={`Project ${project.name}: switch`}>
          <LevelGlyph all size={22} />
          <span><b>Assay</b><small>{project.name}</small></span>
          <IconSelector size={15} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {projects.map(({ key, name }) => (
          <Menu.Item key={key} component={Link} to={`/p/${key}`} rightSection={key === project.key ? <IconCheck size={14} /> : null}>{name}</Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
