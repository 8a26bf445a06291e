import { AppError } from '../http/app-error.ts'

export function assertUnitType(unit: string, declared: readonly string[]): void {
  if (declared.includes(unit)) return
  const message = `${unit} is not a unit type of this project: declare it in the project's settings first, or choose ${declared.join(' or ')}.`
  throw new AppError('invalid_request', message, { details: [{ path: 'unit', message }] })
}
