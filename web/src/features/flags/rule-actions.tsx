import { ActionIcon, Menu } from '@mantine/core'
import { IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react'

interface Props {
  title: string
  /** An experiment's rule: it can go, and nothing else. */
  locked: boolean
  editing: boolean
  onEditing: (editing: boolean) => void
  onDuplicate: () => void
  onDelete: () => void
}

export function RuleActions({ title, locked, editing, onEditing, onDuplicate, onDelete }: Props) {
  return (
    <Menu>
      <Menu.Target><ActionIcon size={26} aria-label={`Actions of ${title}`}><IconDots size={15} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        {locked || editing ? null : <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => { onEditing(true) }}>Edit</Menu.Item>}
        {locked ? null : <Menu.Item leftSection={<IconCopy size={15} />} onClick={onDuplicate}>Duplicate</Menu.Item>}
        <Menu.Item leftSection={<IconTrash size={15} />} onClick={onDelete}>Delete rule</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
