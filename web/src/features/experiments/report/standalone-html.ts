/**
 * An element as a document of its own: with the styles that reach it and nothing else, so that it looks the same wherever it is opened. No script,
 * no address of a server.
 */
export function standaloneHtml(element: Element, title: string): string {
  const styles = [...document.styleSheets].flatMap((sheet) => [...rulesOf(sheet)].flatMap((rule) => reaching(rule, element)))
  return `<!doctype html>
<html lang="en-GB" data-mantine-color-scheme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
${styles.join('\n')}
</style>
</head>
<body>
${element.outerHTML}
</body>
</html>
`
}

/** Rules of a sheet that may be read; those of other origins may not. */
function rulesOf(sheet: CSSStyleSheet): Iterable<CSSRule> {
  try {
    return sheet.cssRules
  } catch {
    return []
  }
}

function reaching(rule: CSSRule, element: Element): string[] {
  if (rule instanceof CSSMediaRule || (typeof CSSLayerBlockRule !== 'undefined' && rule instanceof CSSLayerBlockRule)) {
    const inner = [...rule.cssRules].flatMap((one) => reaching(one, element))
    if (inner.length === 0) return []
    return rule instanceof CSSMediaRule ? [`@media ${rule.media.mediaText} {\n${inner.join('\n')}\n}`] : inner
  }
  if (rule instanceof CSSStyleRule) return reaches(rule.selectorText, element) ? [rule.cssText] : []
  return rule.cssText.startsWith('@page') ? [rule.cssText] : []
}

function reaches(selector: string, element: Element): boolean {
  if (/^(html|body|:root|\*)/.test(selector)) return true
  const plain = selector.replaceAll(/::[\w-]+(\([^)]*\))?/g, '')
  return element.matches(plain) || element.querySelector(plain) !== null
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
