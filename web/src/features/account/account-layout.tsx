import { useEffect, type ReactNode } from 'react'
import { LevelGlyph, levelNames } from '../../ui/level-glyph.tsx'
import css from './account-layout.module.css'

interface Props {
  title: string
  lead: ReactNode
  children?: ReactNode
}

/** The four sentences that the product stands on, from the base of the pyramid up. */
const sentences = ['Say what would prove you wrong.', 'Show it to few people first.', 'Write down what it taught you.', 'Ship what holds.'] as const

/** Pages for somebody who is not signed in: the form, beside what this is about. */
export function AccountLayout({ title, lead, children }: Props) {
  useEffect(() => { document.title = `${title} · Assay` }, [title])
  return (
    <main className={css.layout}>
      <section className={css.form}>
        <div className={css.card}>
          <div className={css.brand}><LevelGlyph all size={26} /><b>Assay</b></div>
          <h1>{title}</h1>
          <p className={css.lead}>{lead}</p>
          {children}
        </div>
      </section>
      <aside className={css.about} aria-label="What Assay is for">
        <ol>
          {levelNames.map((name, index) => (
            <li key={name} style={{ '--step': `var(--lvl-${index + 1})`, '--indent': `${index * 26}px` } as React.CSSProperties}>
              <b>{name}</b>
              <span>{sentences[index]}</span>
            </li>
          ))}
        </ol>
        <p>Feature flags decide who gets which code. Hypotheses decide whether they should.</p>
      </aside>
    </main>
  )
}
