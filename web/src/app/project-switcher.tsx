import { lazy, Suspense, useState } from 'react'
import { ProjectButton } from './project-button.tsx'

const ProjectDropdown = lazy(async () => ({ default: (await import('./project-dropdown.tsx')).ProjectDropdown }))

/** Names the product and the project, and switches between the person's projects. */
export function ProjectSwitcher() {
  const [asked, setAsked] = useState(false)
  if (!asked) return <ProjectButton aria-haspopup="menu" aria-expanded={false} onClick={() => { setAsked(true) }} />
  return <Suspense fallback={<ProjectButton aria-busy />}><ProjectDropdown /></Suspense>
}
