import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, useRef, type ComponentType } from 'react'
import { useProject } from '../../api/project.ts'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Top } from '../../ui/top.tsx'
import { sectionOf, sections, type Section } from './sections.ts'
import { SettingsNav } from './settings-nav.tsx'
import css from './settings-page.module.css'
import { useAnchor } from './use-anchor.ts'

const bodies: Record<Section, ComponentType> = {
  members: lazy(async () => ({ default: (await import('./members-section.tsx')).MembersSection })),
  keys: lazy(async () => ({ default: (await import('./keys-section.tsx')).KeysSection })),
  roles: lazy(async () => ({ default: (await import('./roles-section.tsx')).RolesSection })),
  sessions: lazy(async () => ({ default: (await import('./sessions-section.tsx')).SessionsSection })),
  tokens: lazy(async () => ({ default: (await import('./api-tokens-section.tsx')).ApiTokensSection })),
  webhooks: lazy(async () => ({ default: (await import('./webhooks-section.tsx')).WebhooksSection })),
  environments: lazy(async () => ({ default: (await import('./environments-section.tsx')).EnvironmentsSection })),
  data: lazy(async () => ({ default: (await import('./data-section.tsx')).DataSection })),
  project: lazy(async () => ({ default: (await import('./project-section.tsx')).ProjectSection })),
}

export function SettingsPage() {
  const project = useProject()
  const { section: asked } = useParams({ strict: false })
  const section = sectionOf(asked)
  const body = useRef<HTMLDivElement>(null)
  useAnchor(body)
  const Body = bodies[section]
  const label = sections.find(({ key }) => key === section)?.label ?? ''
  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Settings', to: `/p/${project.key}/settings/members` }, { label }]} />
      <Page title="Settings" lead={`Who may do what in ${project.name}, and how services connect to it.`}>
        <div className={css.layout}>
          <SettingsNav section={section} />
          <div ref={body} id="settings" className={css.body} tabIndex={-1}><Suspense fallback={<Loading rows={4} />}><Body key={section} /></Suspense></div>
        </div>
      </Page>
    </>
  )
}
