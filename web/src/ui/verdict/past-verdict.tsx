import { IconCircleCheckFilled, IconCircleDashed, IconCircleMinus, IconCircleXFilled, IconShieldX } from '@tabler/icons-react'
import { Chip, type Tone } from '../chip.tsx'

interface Look {
  words: string
  tone: Tone
  icon: typeof IconCircleMinus
}

const unclear: Look = { words: 'Unclear', tone: 'flat', icon: IconCircleDashed }
const looks: Readonly<Record<string, Look>> = {
  confirmed: { words: 'Better', tone: 'win', icon: IconCircleCheckFilled },
  harmful: { words: 'Worse', tone: 'loss', icon: IconCircleXFilled },
  rejected: { words: 'No effect worth having', tone: 'flat', icon: IconCircleMinus },
  inconclusive: unclear,
  invalid: { words: 'Not to be trusted', tone: 'warn', icon: IconShieldX },
  none: { words: 'No verdict', tone: 'flat', icon: IconCircleDashed },
}

/** A verdict in words, as a choice of a filter has it. */
export function verdictName(verdict: string): string {
  return (looks[verdict] ?? unclear).words
}

/** What came of an experiment that is over: shape, word and hue. */
export function PastVerdict({ verdict }: { verdict: string }) {
  const { words, tone, icon: Icon } = looks[verdict] ?? unclear
  return <Chip tone={tone} icon={<Icon size={13} aria-hidden />}>{words}</Chip>
}
