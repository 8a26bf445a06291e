import { Tooltip } from '@mantine/core'
import { ago, dateTime, dateTimeUtc } from './format.ts'

/** A time people read at a glance, exact on hover. */
export function Ago({ at }: { at: string }) {
  return (
    <Tooltip label={`${dateTime(at)} here, ${dateTimeUtc(at)}`}>
      <time dateTime={at}>{ago(at)}</time>
    </Tooltip>
  )
}
