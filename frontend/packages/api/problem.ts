import type { Order } from './orders-types';
import type { Entry, Header, Problem } from './types';

/** A refusal by the API: the problem document's fields, ready to show. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly fields: NonNullable<Problem['fields']>;
  readonly current: Header | undefined;
  readonly entries: Entry[];
  /** The order as it is now, where a command on one came too late. */
  readonly order: Order | undefined;
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.detail || problem.title);
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.fields = problem.fields ?? [];
    this.current = problem.current;
    this.entries = problem.entries ?? [];
    this.order = problem.order;
    this.retryAfter = retryAfter;
  }

  /** The inquiry changed since the version that the command named. */
  get movedOn(): boolean {
    return this.status === 409 && this.code === 'inquiry_moved_on';
  }

  /** The order changed since the version that the command named: `order` is how it stands now. */
  get orderMovedOn(): boolean {
    return this.status === 409 && this.code === 'order_moved_on';
  }

  /** Another agent was given the inquiry since: `current.assignee` says who. */
  get taken(): boolean {
    return this.status === 409 && this.code === 'already_taken';
  }
}

/** No answer arrived: it is unknown whether the command was carried out. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
}

/** Trying the same request again, with its Idempotency-Key, may succeed. */
export function isTransient(error: unknown): boolean {
  if (error instanceof NetworkError) return true;
  return error instanceof ApiError && (error.status >= 500 || error.status === 429);
}

export function isUnauthorized(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

/** Reads a refused response; one without a problem document (a proxy's page, say) still becomes an ApiError. */
export function toApiError(response: Response, body: unknown): ApiError {
  const after = Number(response.headers.get('retry-after') ?? '');
  const retryAfter = Number.isFinite(after) && after > 0 ? after : undefined;
  if (isProblem(body)) return new ApiError({ ...body, status: response.status }, retryAfter);
  const title = response.statusText || String(response.status);
  const code = response.status >= 500 ? 'unavailable' : 'unknown';
  return new ApiError({ type: 'about:blank', title, status: response.status, code }, retryAfter);
}

export function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'title' in body;
}
