import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'

export function RemoveButton({ what, onClick }: { what: string; onClick: () => void }) {
  return <ActionIcon size={28} aria-label={`Remove ${what}`} onClick={onClick}><IconX size={15} /></ActionIcon>
}
