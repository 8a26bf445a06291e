/** Every error code of the HTTP API with its status. docs/api.md lists the same codes; a test keeps both equal. */
export const errorStatus = {
  invalid_request: 400,
  invalid_json: 400,
  invalid_ruleset: 400,
  invalid_setup_token: 403,
  plan_incomplete: 422,
  not_signed_in: 401,
  invalid_credentials: 401,
  session_expired: 401,
  invalid_key: 401,
  invalid_token: 401,
  forbidden: 403,
  wrong_key_kind: 403,
  reauthentication_required: 403,
  wrong_password: 403,
  not_found: 404,
  method_not_allowed: 405,
  already_exists: 409,
  revision_conflict: 409,
  wrong_state: 409,
  key_retired: 409,
  confirmation_required: 409,
  approval_required: 403,
  reason_required: 400,
  setup_done: 409,
  too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  internal: 500,
  storage_unavailable: 503,
  shutting_down: 503,
  read_only: 503,
} as const satisfies Record<string, number>

export type ErrorCode = keyof typeof errorStatus

/** The body of every error response. `details` depends on the code: `invalid_request` lists issues, `revision_conflict` both sides. */
export interface ErrorBody {
  error: { code: ErrorCode; message: string; details?: unknown }
}

/** `details` of `invalid_request`. */
export interface RequestIssue {
  path: string
  message: string
}

/** `details` of `revision_conflict`: what was sent against which revision, and what stands now. */
export interface RevisionConflict {
  basedOn: number
  currentRevision: number
  current: unknown
  yours: unknown
  changedBy?: string
  changedAt?: string
}
