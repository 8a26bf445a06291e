import type express from 'express'
import type { DiskSpace } from '../platform/disk-space.ts'
import { AppError } from './app-error.ts'

/** Refuses what would write while the disk of the embedded stores is nearly full. Reading, also of rulesets, goes on. */
export function requireDiskSpace(disk: DiskSpace): express.RequestHandler {
  return async (req, _res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD' && !(await disk.hasRoom())) {
      throw new AppError('read_only', 'The disk of the data directory is nearly full: nothing is saved until there is room again.')
    }
    next()
  }
}
