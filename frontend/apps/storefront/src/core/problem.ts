import type { FieldProblem, ProblemDocument } from './wire.ts'

/** Why a request did not do what was asked. `code` is the API's, or `offline`, `unreachable`, `guest`, `sign_in_failed`. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly status = 0,
    /** The server's own sentence, already in the reader's language; empty when there was no answer. */
    readonly detail = '',
    readonly fields: FieldProblem[] = [],
    /** Of a 429: milliseconds since the epoch before which trying again is pointless. */
    readonly retryAt = 0,
  ) {
    super(detail || code)
  }
}

/** Seconds to wait where the answer does not say, or the page may not read the header. */
const USUAL_WAIT = 60

export async function problemOf(response: Response, now = Date.now()): Promise<Problem> {
  const { status, headers } = response
  const { code, detail, title, fields }: ProblemDocument = await response.json().catch(() => ({}))
  const wait = Number(headers.get('retry-after')) || USUAL_WAIT
  return new Problem(code ?? `http_${status}`, status, detail ?? title, fields, now + wait * 1000)
}
