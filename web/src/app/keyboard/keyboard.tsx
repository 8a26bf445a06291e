import { useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useProjectKey } from '../../api/project.ts'
import { isWriting } from './is-writing.ts'
import { allShortcuts, type KeyCommand } from './key-map.ts'
import { matchKeys, nothingPressed } from './match-keys.ts'
import { editControl, rowBeside, rowLinks, searchField } from './page-controls.ts'
import { areSingleKeysOn } from './single-keys.ts'

/** Listens to the keys of the map, everywhere but in fields and dialogs. */
export function Keyboard({ onOpen }: { onOpen: (what: 'palette' | 'keys') => void }) {
  const project = useProjectKey()
  const navigate = useNavigate()
  const pressed = useRef(nothingPressed)

  function run(command: KeyCommand): boolean {
    const page = document.querySelector('main') ?? document
    switch (command.kind) {
      case 'palette':
      case 'keys':
        onOpen(command.kind)
        return true
      case 'go':
        void navigate({ to: `/p/${project}${command.path}`, search: command.search ?? {} })
        return true
      case 'search': {
        const field = searchField(page)
        if (field === undefined) onOpen('palette')
        else field.focus()
        return true
      }
      case 'row': {
        const link = rowBeside(rowLinks(page), document.activeElement, command.step)
        link?.focus()
        return link !== undefined
      }
      case 'edit': {
        const control = editControl(page, document.activeElement)
        control?.click()
        return control !== undefined
      }
      case 'native':
        return false
    }
  }

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const mod = event.metaKey || event.ctrlKey
    if (!mod && (isWriting(event.target, document) || !areSingleKeysOn(localStorage))) return
    const matched = matchKeys(allShortcuts, pressed.current, { key: event.key, mod, alt: event.altKey, shift: event.shiftKey, at: event.timeStamp })
    pressed.current = matched.pressed
    if (matched.shortcut && run(matched.shortcut.command)) event.preventDefault()
  })
  useEffect(() => {
    document.addEventListener('keydown', onKey)
    return () => { document.removeEventListener('keydown', onKey) }
  }, [])
  return null
}
