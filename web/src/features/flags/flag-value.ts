import type { FlagType, Json } from '@assay/sdk/core'

export type ReadFlagValue = { ok: true; value: Json } | { ok: false; problem: string }

const no = (problem: string): ReadFlagValue => ({ ok: false, problem })

/** Reads what a person wrote as a value of a flag's type. Whole numbers and others are different types: services in other languages rely on it. */
export function readFlagValue(type: FlagType, text: string): ReadFlagValue {
  switch (type) {
    case 'string':
      return { ok: true, value: text }
    case 'boolean':
      return text === 'true' || text === 'false' ? { ok: true, value: text === 'true' } : no('Choose true or false.')
    case 'integer': {
      const value = Number(text)
      return /^\s*-?\d+\s*$/.test(text) && Number.isSafeInteger(value) ? { ok: true, value } : no('Write a whole number, such as 30.')
    }
    case 'float': {
      const value = Number(text)
      return text.trim() !== '' && Number.isFinite(value) ? { ok: true, value } : no('Write a number, such as 0.5.')
    }
    case 'object':
      return readObject(text)
  }
}

function readObject(text: string): ReadFlagValue {
  try {
    const value = JSON.parse(text) as Json
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ok: true, value } : no('Write a JSON object, in braces.')
  } catch (error) {
    return no(`This is not JSON yet: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** A value as it is edited. */
export function writtenFlagValue(type: FlagType, value: Json): string {
  if (type === 'object') return JSON.stringify(value, null, 2)
  // JSON has one kind of number; people and typed languages tell 1 from 1.0.
  if (type === 'float' && Number.isInteger(value) && !String(value).includes('e')) return `${String(value)}.0`
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Variants that a new flag of a type starts with. */
export function startingVariants(type: FlagType): { key: string; text: string }[] {
  switch (type) {
    case 'boolean':
      return [{ key: 'off', text: 'false' }, { key: 'on', text: 'true' }]
    case 'string':
      return [{ key: 'control', text: 'control' }, { key: 'treatment', text: 'treatment' }]
    case 'integer':
      return [{ key: 'control', text: '10' }, { key: 'treatment', text: '20' }]
    case 'float':
      return [{ key: 'control', text: '0.5' }, { key: 'treatment', text: '1.5' }]
    case 'object':
      return [{ key: 'control', text: '{}' }, { key: 'treatment', text: '{\n  "enabled": true\n}' }]
  }
}
