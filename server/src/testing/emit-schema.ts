import { existsSync, readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { expect } from 'vitest'

const SHARED = new URL('../../../../shared/vectors/openfeature/', import.meta.url)

/** Whether the vectors of OpenFeature lie beside the repository. */
export const hasVectors = existsSync(new URL('ofrep-emit.schema.json', SHARED))

export function readVectors(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, SHARED), 'utf8'))
}

let validators: Record<'success' | 'failure' | 'bulk' | 'bulkFailure', ValidateFunction> | undefined

/** Holds an OFREP answer to the schema that clients in every language can read; without the schema it checks nothing more. */
export function expectEmittable(path: string, status: number, text: string): void {
  if (!hasVectors) return
  validators ??= compiled()
  if (status === 304) {
    expect(text).toBe('')
    return
  }
  const isBulk = /\/evaluate\/flags\/?(\?|$)/.test(path)
  const validate = validators[isBulk ? (status === 200 ? 'bulk' : 'bulkFailure') : status === 200 ? 'success' : 'failure']
  expect(validate(JSON.parse(text)), `${path} answered ${status} ${text}: ${JSON.stringify(validate.errors)}`).toBe(true)
}

function compiled(): NonNullable<typeof validators> {
  const ajv = new Ajv2020({ strict: false })
  const schema = readVectors('ofrep-emit.schema.json') as { $id: string }
  ajv.addSchema(schema)
  const of = (name: string) => ajv.compile({ $ref: `${schema.$id}#/$defs/${name}` })
  return { success: of('success'), failure: of('failure'), bulk: of('bulk'), bulkFailure: of('bulkFailure') }
}
