export interface ServerSentEvent {
  event: string
  data: string
}

/** Reads server-sent events from chunks of bytes, wherever they are cut. Ids are not needed: a ruleset names itself. */
export function createSseParser(): (chunk: Uint8Array) => ServerSentEvent[] {
  const decoder = new TextDecoder()
  let rest: string[] = []
  let event = ''
  let data: string[] = []

  function readLine(line: string): ServerSentEvent | undefined {
    if (line === '') {
      const complete = data.length > 0 ? { event: event || 'message', data: data.join('\n') } : undefined
      event = ''
      data = []
      return complete
    }
    const colon = line.indexOf(':')
    // A line that starts with a colon is a comment: a heartbeat.
    if (colon === 0) return undefined
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') event = value
    else if (field === 'data') data.push(value)
    return undefined
  }

  return (chunk) => {
    const text = decoder.decode(chunk, { stream: true })
    // A large event arrives in many chunks: it is joined once, not searched again with each.
    if (!text.includes('\n')) {
      rest.push(text)
      return []
    }
    const lines = (rest.join('') + text).split('\n')
    rest = [lines.pop() ?? '']
    return lines.flatMap((line) => readLine(line.replace(/\r$/, '')) ?? [])
  }
}
