import css from './avatar.module.css'

/** Initials of a person, in a hue of their own. */
export function Avatar({ name, size = 22 }: { name: string; size?: number }) {
  const initials = name.split(/\s+/).filter((part) => part !== '').map((part) => [...part][0] ?? '')
  const shown = [initials[0], initials.length > 1 ? initials.at(-1) : undefined].join('').toUpperCase()
  return (
    <span className={css.avatar} role="img" aria-label={name} style={{ width: size, height: size, fontSize: size * 0.42, '--hue': hueOf(name) } as React.CSSProperties}>{shown}</span>
  )
}

function hueOf(name: string): number {
  let sum = 0
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 360
  return sum
}
