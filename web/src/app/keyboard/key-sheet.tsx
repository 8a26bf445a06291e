import { Kbd, Modal, Switch } from '@mantine/core'
import { useState } from 'react'
import { keyMap, type Shortcut } from './key-map.ts'
import css from './key-sheet.module.css'
import { modKey } from './mod-key.ts'
import { areSingleKeysOn, switchSingleKeys } from './single-keys.ts'

/** The keys of the map, and the switch for those that are pressed alone. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  const [on, setOn] = useState(() => areSingleKeysOn(localStorage))
  return (
    <Modal opened onClose={onClose} title="Keys" size={620}>
      <Switch
        label="Keys pressed alone"
        description={on ? `Letters and signs are commands wherever you are not writing. ${modKey} with a key works either way.` : `Only ${modKey} with a key is a command. This browser remembers it.`}
        checked={on}
        onChange={({ currentTarget: { checked } }) => {
          switchSingleKeys(localStorage, checked)
          setOn(checked)
        }}
      />
      <div className={css.groups}>
        {keyMap.map(({ label, shortcuts }) => (
          <section key={label} aria-label={label}>
            <h3>{label}</h3>
            <dl>{shortcuts.map((shortcut) => <Row key={shortcut.does} shortcut={shortcut} off={!on && shortcut.mod !== true && shortcut.command.kind !== 'native'} />)}</dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}

function Row({ shortcut: { keys, mod, does }, off }: { shortcut: Shortcut; off: boolean }) {
  return (
    <div className={css.row} data-off={off}>
      <dt>{mod === true ? <><Kbd size="sm">{modKey}</Kbd> + </> : null}{keys.map((key, index) => <span key={key}>{index > 0 ? ' then ' : ''}<Kbd size="sm">{key.length === 1 ? key.toUpperCase() : key}</Kbd></span>)}</dt>
      <dd>{does}{off ? <span className={css.note}> (off)</span> : null}</dd>
    </div>
  )
}
