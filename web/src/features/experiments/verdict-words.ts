import type { Tone } from '../../ui/chip.tsx'
import type { BannerTone } from './banner.ts'

/** A verdict in two or three words, with its hue and shape. */
export function verdictWords(kind: string, final: boolean): { words: string; tone: Tone; icon: BannerTone } {
  switch (kind) {
    case 'confirmed': return { words: 'Better, ship it', tone: 'win', icon: 'win' }
    case 'harmful': return { words: 'Worse, stop it', tone: 'loss', icon: 'loss' }
    case 'rejected': return { words: 'No effect worth having', tone: 'flat', icon: 'flat' }
    case 'invalid': return { words: 'Do not trust', tone: 'warn', icon: 'warn' }
    default: return final ? { words: 'Could go either way', tone: 'flat', icon: 'flat' } : { words: 'Too early', tone: 'flat', icon: 'wait' }
  }
}
