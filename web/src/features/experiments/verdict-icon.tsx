import { IconCircleCheckFilled, IconCircleMinus, IconCircleXFilled, IconClock, IconShieldX } from '@tabler/icons-react'
import type { BannerTone } from './banner.ts'

/** Shape of a verdict: hue alone never says it. */
export function VerdictIcon({ tone, size = 20 }: { tone: BannerTone; size?: number }) {
  switch (tone) {
    case 'win': return <IconCircleCheckFilled size={size} aria-hidden />
    case 'loss': return <IconCircleXFilled size={size} aria-hidden />
    case 'flat': return <IconCircleMinus size={size} aria-hidden />
    case 'wait': return <IconClock size={size} aria-hidden />
    case 'warn': return <IconShieldX size={size} aria-hidden />
  }
}
