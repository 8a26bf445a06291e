import { IconCheck } from '@tabler/icons-react'
import { LevelGlyph } from '../../ui/level-glyph.tsx'
import css from './level-path.module.css'
import { levels } from './levels.ts'

/** The four levels, the ones behind, where it stands, and the ones ahead. */
export function LevelPath({ level }: { level: number }) {
  return (
    <ol className={css.path}>
      {levels.map((each) => {
        const state = each.level < level ? 'behind' : each.level === level ? 'here' : 'ahead'
        return (
          <li key={each.level} data-state={state} aria-current={state === 'here' ? 'step' : undefined} style={{ '--level': `var(--lvl-${each.level})` } as React.CSSProperties}>
            {state === 'behind' ? <IconCheck size={16} aria-hidden /> : <LevelGlyph level={state === 'here' ? each.level : 0} size={22} />}
            <div><b>{each.name}</b><span>{state === 'behind' ? 'Done' : each.verb}</span></div>
          </li>
        )
      })}
    </ol>
  )
}
