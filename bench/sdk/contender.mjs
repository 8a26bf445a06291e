// A contender is { name, version, open(flags) }; open gives { scope, call, on, contextOf, close? }: `call` is the source of one evaluation of KEY for
// CONTEXT over the names in `scope`, as a program would write it, and `on` what makes its answer a boolean. Every loop is compiled from source of its
// own, so that no contender is slowed down by what the engine has learnt of another one.

let compiled = 0

/** A loop of `n` evaluations of one flag, over contexts in turn. */
export function loopOver({ scope, call, on }, key, contexts) {
  const evaluation = call.replace('KEY', JSON.stringify(key)).replace('CONTEXT', 'contexts[at]')
  return made(scope, { contexts }, `let at = 0, hits = 0; for (let i = 0; i < n; i++) { if (${answered(evaluation, call, on)}) hits++; if (++at === contexts.length) at = 0 } return hits`, call)
}

/** A loop of `n` evaluations of all flags for one context, another one each time. */
export function loopOverAll({ scope, call, on }, keys, contexts) {
  const evaluation = call.replace('KEY', 'key').replace('CONTEXT', 'context')
  return made(scope, { contexts, keys }, `let hits = 0; for (let i = 0; i < n; i++) { const context = contexts[i % contexts.length]; for (const key of keys) if (${answered(evaluation, call, on)}) hits++ } return hits`, call)
}

function answered(evaluation, call, on) {
  return call.startsWith('await ') ? `(${evaluation})${on}` : `${evaluation}${on}`
}

function made(scope, given, body, call) {
  const all = { ...scope, ...given }
  const start = call.startsWith('await ') ? 'async (n)' : '(n)'
  // The number makes each source another one: the engine shares what it learns between equal sources.
  return new Function(...Object.keys(all), `'use strict'; /* ${compiled++} */ return ${start} => { ${body} }`)(...Object.values(all))
}
