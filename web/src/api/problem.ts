import type { Problem } from './types';

/** What any failed call throws: the API's problem, or one of our own for a call that never arrived. */
export class ProblemError extends Error {
  constructor(
    readonly problem: AnyProblem,
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
  /** By field; empty where no field is at fault. */
  get errors() {
    return ('errors' in this.problem && this.problem.errors) || {};
  }
}

/** Codes of our own, for failures that have no answer to quote. */
export const UNREACHABLE = 'unreachable';
export const SESSION_LOST = 'session_lost';

export interface OwnProblem {
  type: 'about:blank';
  title: string;
  status: number;
  code: typeof UNREACHABLE | typeof SESSION_LOST;
  detail: string;
  request_id: string;
}

type AnyProblem = Problem | OwnProblem;

export function ownProblem(code: OwnProblem['code'], status = 0): ProblemError {
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

export function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'status' in body;
}

export function isProblemCode<Code extends AnyProblem['code']>(
  error: unknown,
  code: Code,
): error is ProblemError & { problem: AnyProblem & { code: Code } } {
  return error instanceof ProblemError && error.code === code;
}
