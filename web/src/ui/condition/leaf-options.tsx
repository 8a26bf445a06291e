import { ActionIcon, Checkbox, Popover } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import type { Leaf } from '@assay/sdk/core'
import css from './condition-editor.module.css'

interface Props {
  leaf: Leaf
  onChange: (leaf: Leaf) => void
  /** Whether the operator compares text, so that case can be ignored. */
  withCase: boolean
}

/** The finer points of one condition. */
export function LeafOptions({ leaf, onChange, withCase }: Props) {
  const setOption = (name: 'ignoreCase' | 'ifMissing', on: boolean) => {
    const { [name]: _old, ...rest } = leaf
    onChange(on ? { ...rest, [name]: true } : rest)
  }
  return (
    <Popover position="bottom-end" shadow="md" withinPortal trapFocus transitionProps={{ duration: 90 }}>
      <Popover.Target>
        <ActionIcon size={28} aria-label="Options of this condition"><IconAdjustmentsHorizontal size={15} /></ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={css.options}>
        {withCase ? <Checkbox size="xs" label="Ignore upper and lower case" checked={leaf.ignoreCase === true} onChange={(event) => { setOption('ignoreCase', event.currentTarget.checked) }} /> : null}
        <Checkbox size="xs" label="Holds where the attribute is missing" description="Without this, a missing attribute makes the condition unknown, and the rule does not apply." checked={leaf.ifMissing === true} onChange={(event) => { setOption('ifMissing', event.currentTarget.checked) }} />
      </Popover.Dropdown>
    </Popover>
  )
}
