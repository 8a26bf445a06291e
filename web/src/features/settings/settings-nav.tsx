import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useProject } from '../../api/project.ts'
import { findSettings, type FoundSetting } from './find-settings.ts'
import { sectionGroups, type Section } from './sections.ts'
import css from './settings-nav.module.css'

/** How much of what stands before it is in sight beside the open part. */
const EDGE = 48

/** The parts of the settings, and a search that finds what is in them. */
export function SettingsNav({ section }: { section: Section }) {
  const project = useProject()
  const navigate = useNavigate()
  const list = useId()
  const [search, setSearch] = useState('')
  const [active, setActive] = useState(0)
  const found = findSettings(search, project)
  const chosen = found[Math.min(active, found.length - 1)]
  const idOf = (setting: FoundSetting) => `${list}-${found.indexOf(setting)}`
  const isSearching = search.trim() !== ''

  // Where the parts stand in one line that scrolls, the one that is open is in sight.
  const parts = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const current = parts.current?.querySelector<HTMLElement>('[aria-current]')
    if (parts.current && current) parts.current.scrollLeft = current.offsetLeft - EDGE
  }, [section, isSearching])

  const ask = (text: string) => {
    setSearch(text)
    setActive(0)
  }
  const open = ({ section: to, anchor }: FoundSetting) => {
    ask('')
    void navigate({ to: '/p/$project/settings/$section', params: { project: project.key, section: to }, hash: anchor ?? 'settings' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && isSearching) ask('')
    else if (event.key === 'Enter' && chosen) open(chosen)
    else if (event.key === 'ArrowDown') setActive(Math.min(active + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0))
    else return
    event.preventDefault()
  }
  return (
    <nav className={css.nav} aria-label="Settings">
      <TextInput
        type="search"
        role="combobox"
        aria-label="Search the settings"
        aria-expanded={isSearching}
        aria-controls={isSearching ? list : undefined}
        aria-autocomplete="list"
        aria-activedescendant={isSearching && chosen ? idOf(chosen) : undefined}
        placeholder="Search settings"
        leftSection={<IconSearch size={14} />}
        spellCheck={false}
        value={search}
        onChange={(event) => { ask(event.currentTarget.value) }}
        onKeyDown={onKeyDown}
      />
      {isSearching ? (
        <>
          <ul id={list} className={css.found} role="listbox" aria-label="Settings that match">
            {found.map((setting) => (
              // Keys are handled by the field, which keeps the focus.
              <li key={`${setting.section} ${setting.label}`} id={idOf(setting)} role="option" aria-selected={setting === chosen} onClick={() => { open(setting) }}><b>{setting.label}</b><span>{setting.page}</span></li>
            ))}
          </ul>
          <p className={css.none} role="status">{found.length === 0 ? `No setting is called “${search.trim()}”.` : ''}</p>
        </>
      ) : (
        <div ref={parts} className={css.sections}>
          {sectionGroups.map((group) => (
            <div key={group.label} className={css.group} role="group" aria-label={group.label}>
              <span className={css.label} aria-hidden>{group.label}</span>
              {group.sections.map(({ key, label }) => (
                <Link key={key} to="/p/$project/settings/$section" params={{ project: project.key, section: key }} className={key === section ? css.on : undefined} aria-current={key === section ? 'page' : undefined}>{label}</Link>
              ))}
            </div>
          ))}
        </div>
      )}
    </nav>
  )
}
