export interface Token {
  kind: 'plain' | 'string' | 'comment' | 'keyword' | 'number'
  text: string
}

const patterns = /(?<comment>(?<=^|\s)(?:\/\/|#)[^\n]*)|(?<string>'[^'\n]*'|"[^"\n]*"|`[^`]*`)|(?<keyword>\b(?:import|from|const|async|function|await|if|else|return|true|false|null|curl)\b)|(?<number>\b\d+(?:\.\d+)?\b)/gm

/** Marks up the few languages of our samples: text, comments, keywords and numbers. */
export function highlight(code: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  for (const match of code.matchAll(patterns)) {
    if (match.index > at) tokens.push({ kind: 'plain', text: code.slice(at, match.index) })
    tokens.push({ kind: kindOf(match.groups), text: match[0] })
    at = match.index + match[0].length
  }
  return at < code.length ? [...tokens, { kind: 'plain', text: code.slice(at) }] : tokens
}

function kindOf(groups: Record<string, string | undefined> | undefined): Token['kind'] {
  const kinds = ['comment', 'string', 'keyword', 'number'] as const
  return kinds.find((kind) => groups?.[kind] !== undefined) ?? 'plain'
}
