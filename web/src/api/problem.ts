import type { Problem } from './types';

/** What any failed call throws: the API's problem, or one of our own for a call that never arrived. */
export class ProblemError extends Error {
  constructor(
    readonly problem: Problem,
    /** Seconds to wait before another try, where the API said so. */
    readonly retryAfter?: number,
  ) {
    super(problem.detail || problem.title);
    this.name = 'ProblemError';
  }

  get code() {
    return this.problem.code;
  }
  get status() {
    return this.problem.status;
  }
}

/** Codes of our own, for failures that have no answer to quote. */
export const UNREACHABLE = 'unreachable';
export const SESSION_LOST = 'session_lost';

export function ownProblem(code: string, status = 0): ProblemError {
  return new ProblemError({
    type: 'about:blank',
    title: code,
    status,
    code,
    detail: '',
    request_id: '',
  });
}

/** Reads an answer's body; one that is no problem document (a proxy's page) counts as unreachable. */
export function toProblemError(status: number, body: unknown, retryAfter?: string | null) {
  if (!isProblem(body)) return ownProblem(status === 401 ? SESSION_LOST : UNREACHABLE, status);
  const seconds = Number(retryAfter);
  return new ProblemError(body, retryAfter && Number.isFinite(seconds) ? seconds : undefined);
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'status' in body;
}

export function isProblemCode(error: unknown, code: string): error is ProblemError {
  return error instanceof ProblemError && error.code === code;
}
