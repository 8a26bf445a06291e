import { IconAlertTriangle, IconCheck, IconClock, IconHandStop, IconMinus, IconPointFilled } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Chip } from '../../ui/chip.tsx'
import type { CardState, Mark } from './card-state.ts'

const icons: Record<Mark, ReactNode> = {
  open: <IconPointFilled size={12} aria-hidden />,
  time: <IconClock size={12} aria-hidden />,
  tick: <IconCheck size={12} aria-hidden />,
  stop: <IconHandStop size={12} aria-hidden />,
  look: <IconAlertTriangle size={12} aria-hidden />,
  dash: <IconMinus size={12} aria-hidden />,
}

/** Where something stands: word and shape beside the hue. */
export function StateChip({ chip }: { chip: CardState['chip'] }) {
  return <Chip tone={chip.tone} icon={icons[chip.mark]}>{chip.label}</Chip>
}
