import { ActionIcon, Menu } from '@mantine/core'
import { IconCalendarTime, IconChevronUp, IconGitPullRequest } from '@tabler/icons-react'
import css from './rules.module.css'
import type { Way } from './save-ways.ts'

/** The ways to save beside the usual one. */
export function SaveWays({ mayAsk, onChoose }: { mayAsk: boolean; onChoose: (way: Way) => void }) {
  return (
    <Menu position="top-end">
      <Menu.Target><ActionIcon variant="filled" size={32} aria-label="Other ways to save" className={css.ways}><IconChevronUp size={15} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        {mayAsk ? <Menu.Item leftSection={<IconGitPullRequest size={15} />} onClick={() => { onChoose('ask') }}>Ask for a review</Menu.Item> : null}
        <Menu.Item leftSection={<IconCalendarTime size={15} />} onClick={() => { onChoose('schedule') }}>Schedule</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
