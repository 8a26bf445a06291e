import { IconSelector } from '@tabler/icons-react'
import type { ComponentProps } from 'react'
import { useProject } from '../api/project.ts'
import { LevelGlyph } from '../ui/level-glyph.tsx'
import css from './project-switcher.module.css'

export function ProjectButton(props: ComponentProps<'button'>) {
  const { name } = useProject()
  return (
    <button type="button" className={css.switcher} aria-label={`Project ${name}: switch`} {...props}>
      <LevelGlyph all size={22} />
      <span><b>Assay</b><small>{name}</small></span>
      <IconSelector size={15} />
    </button>
  )
}
