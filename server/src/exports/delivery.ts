/** A file on its way: pieces as they are made. */
export interface OutgoingFile {
  name: string
  mediaType: string
  pieces: AsyncIterable<string | Uint8Array>
}

/** Where a file is now. */
export interface Delivered {
  bytes: number
  location: string
}

/** The destination did not take a file; the message is for the people who set it up. */
export class DeliveryFailure extends Error {
  /** Whether trying again may help. */
  readonly again: boolean

  constructor(message: string, { again = true, cause }: { again?: boolean; cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'DeliveryFailure'
    this.again = again
  }
}

/** The pieces as bytes, each of `size` but the last; one at a time is held. */
export async function* partsOf(pieces: AsyncIterable<string | Uint8Array>, size: number): AsyncGenerator<Buffer> {
  let part = Buffer.alloc(size)
  let filled = 0
  for await (const piece of pieces) {
    let rest = Buffer.from(piece)
    while (rest.length > 0) {
      const taken = rest.copy(part, filled)
      filled += taken
      rest = rest.subarray(taken)
      if (filled < size) continue
      yield part
      part = Buffer.alloc(size)
      filled = 0
    }
  }
  if (filled > 0) yield part.subarray(0, filled)
}
