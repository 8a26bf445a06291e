import { IconCircleCheck } from '@tabler/icons-react'
import { FIRST_FLAG, secondsAgo } from './first-flag.ts'
import css from './steps.module.css'
import { useNow } from './use-now.ts'

interface Props {
  connected: boolean
  /** When it was asked for last; null where nobody has. */
  askedAt: string | null
  /** Why it is not known. */
  unknown: string | null
}

/** Waits for the app, and says when it came. The seconds are for the eye: what is announced changes once. */
export function Listening({ connected, askedAt, unknown }: Props) {
  const now = useNow()
  return (
    <div className={`${css.listening} ${askedAt === null ? '' : css.heard}`}>
      {askedAt === null ? <i aria-hidden /> : <IconCircleCheck size={17} aria-hidden />}
      <span><span role="status">{wordsOf(connected, askedAt, unknown)}</span>{askedAt === null ? null : <> <time className="num" dateTime={askedAt}>{secondsAgo(askedAt, now)}</time></>}</span>
    </div>
  )
}

function wordsOf(connected: boolean, askedAt: string | null, unknown: string | null): string {
  if (askedAt !== null) return `Your app asked for ${FIRST_FLAG}`
  if (unknown !== null) return unknown
  return connected ? `Your app is connected, and has not asked for ${FIRST_FLAG} yet` : 'Waiting for your app'
}
