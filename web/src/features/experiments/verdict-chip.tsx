import { Chip } from '../../ui/chip.tsx'
import { VerdictIcon } from './verdict-icon.tsx'
import { verdictWords } from './verdict-words.ts'

export function VerdictChip({ kind, final }: { kind: string; final: boolean }) {
  const { words, tone, icon } = verdictWords(kind, final)
  return <Chip tone={tone} icon={<VerdictIcon tone={icon} size={13} />}>{words}</Chip>
}
