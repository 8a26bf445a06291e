import { Link, useParams } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { useProject } from '../../api/project.ts'
import { Page } from '../../ui/page.tsx'
import { Top } from '../../ui/top.tsx'
import { EnvironmentsSection } from './environments-section.tsx'
import { KeysSection } from './keys-section.tsx'
import { MembersSection } from './members-section.tsx'
import { ProjectSection } from './project-section.tsx'
import { sectionOf, sections, type Section } from './sections.ts'
import css from './settings-page.module.css'

const bodies: Record<Section, ComponentType> = { members: MembersSection, keys: KeysSection, environments: EnvironmentsSection, project: ProjectSection }

export function SettingsPage() {
  const project = useProject()
  const { section: asked } = useParams({ strict: false })
  const section = sectionOf(asked)
  const Body = bodies[section]
  const label = sections.find(({ key }) => key === section)?.label ?? ''
  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Settings', to: `/p/${project.key}/settings/members` }, { label }]} />
      <Page title="Settings" lead={`Who may do what in ${project.name}, and how services connect to it.`}>
        <div className={css.layout}>
          <nav className={css.sections} aria-label="Settings">
            {sections.map(({ key, label: name }) => (
              <Link key={key} to="/p/$project/settings/$section" params={{ project: project.key, section: key }} className={key === section ? css.on : undefined} aria-current={key === section ? 'page' : undefined}>{name}</Link>
            ))}
          </nav>
          <div className={css.body}><Body key={section} /></div>
        </div>
      </Page>
    </>
  )
}
