import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense, type ComponentType } from 'react'
import { useProject } from '../../api/project.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Top } from '../../ui/top.tsx'
import { sectionGroups, sectionOf, sections, type Section } from './sections.ts'
import css from './settings-page.module.css'

const bodies: Record<Section, ComponentType> = {
  members: lazy(async () => ({ default: (await import('./members-section.tsx')).MembersSection })),
  keys: lazy(async () => ({ default: (await import('./keys-section.tsx')).KeysSection })),
  roles: lazy(async () => ({ default: (await import('./roles-section.tsx')).RolesSection })),
  sessions: lazy(async () => ({ default: (await import('./sessions-section.tsx')).SessionsSection })),
  tokens: lazy(async () => ({ default: (await import('./api-tokens-section.tsx')).ApiTokensSection })),
  environments: lazy(async () => ({ default: (await import('./environments-section.tsx')).EnvironmentsSection })),
  project: lazy(async () => ({ default: (await import('./project-section.tsx')).ProjectSection })),
}

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
            {sectionGroups.map((group) => (
              <div key={group.label} className={css.group} role="group" aria-label={group.label}>
                <span className={css.label} aria-hidden>{group.label}</span>
                {group.sections.map(({ key, label: name }) => (
                  <Link key={key} to="/p/$project/settings/$section" params={{ project: project.key, section: key }} className={key === section ? css.on : undefined} aria-current={key === section ? 'page' : undefined}>{name}</Link>
                ))}
              </div>
            ))}
          </nav>
          <div className={css.body}><Suspense fallback={<Loading rows={4} />}><Body key={section} /></Suspense></div>
        </div>
      </Page>
    </>
  )
}
