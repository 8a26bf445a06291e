/** How deeply an item may be nested that the server takes, itself included. */
export const DEEPEST_ITEM = 64

/**
 * An item as JSON, undefined where it cannot be. Half of a surrogate pair, which a text holds that was cut within a
 * character, becomes U+FFFD as in every encoder: the server takes no such text, and hashing counts it the same.
 */
export function jsonOf(item: object): string | undefined {
  try {
    const text = JSON.stringify(item) as string | undefined
    // Only halves are escaped so: a whole pair is written as it is. The dot takes other escapes, an escaped backslash among them.
    return text?.includes('\\ud') ? text.replace(/\\(?:u(d[89a-f])..|.)/g, (escape, half: string | undefined) => (half === undefined ? escape : '\uFFFD')) : text
  } catch {
    return undefined
  }
}

/** Whether JSON is nested more deeply than the server takes. */
export function isTooDeep(text: string): boolean {
  let depth = 0
  let isText = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '"') isText = !isText
    else if (isText) at += character === '\\' ? 1 : 0
    else if (character === '{' || character === '[') {
      if (++depth > DEEPEST_ITEM) return true
    } else if (character === '}' || character === ']') depth--
  }
  return false
}
