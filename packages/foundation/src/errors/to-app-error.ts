import { ZodError, type z } from 'zod';
import { AppError, appError } from './app-error.ts';
import './zod-words.ts';

interface PgErrorLike {
  code: string;
  severity: string;
  constraint?: string;
}

function isPgError(error: unknown): error is PgErrorLike {
  return (
    typeof error === 'object' &&
    error !== null &&
    'severity' in error &&
    'code' in error &&
    typeof error.code === 'string'
  );
}

/** Postgres errors reach us wrapped by the query builder; the code is on the cause. */
export function pgErrorOf(error: unknown): PgErrorLike | undefined {
  if (isPgError(error)) return error;
  if (error instanceof Error && error.cause !== undefined) return pgErrorOf(error.cause);
  return undefined;
}

/** True when the error is a violation of the unique constraint `constraint`. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  const pg = pgErrorOf(error);
  return pg?.code === '23505' && pg.constraint === constraint;
}

/** Says, per field, what was expected; the first problem makes the message. */
export function validationError(error: ZodError): AppError {
  const issues = error.issues.map((issue) => ({
    path: pathOf(issue).map(String).join('.'),
    message: issue.message,
  }));
  const first = error.issues[0];
  const path = first === undefined ? [] : pathOf(first);
  const where = path.length === 0 ? 'The request' : `"${placeOf(path)}"`;
  return appError(
    'validation_failed',
    `${where} is not valid: ${first?.message ?? 'unknown problem'}.`,
    {
      details: { issues },
      cause: error,
    },
  );
}

/** A field that nobody knows is named itself, not what it was in. */
const pathOf = (issue: z.core.$ZodIssue): PropertyKey[] =>
  issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys.join(', ')] : issue.path;

/** As a program writes it: `eventTypes[0]`. */
const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : `${index > 0 ? '.' : ''}${String(step)}`,
    )
    .join('');

function fromPgError(pg: PgErrorLike, cause: unknown): AppError {
  switch (pg.code) {
    case '23505':
      return appError('conflict', 'Something with this value exists already.', { cause });
    case '40001':
    case '40P01':
      return appError('unavailable', 'Two changes met each other; try again.', {
        cause,
        retryAfter: 1,
      });
    case '22007':
    case '22008':
    case '22021':
    case '22P05':
      return appError(
        'validation_failed',
        'Some value holds characters or a date that cannot be stored.',
        {
          cause,
        },
      );
    case '53300':
    case '57P01':
    case '57P03':
      return appError('unavailable', 'The database is not reachable right now; try again.', {
        cause,
        retryAfter: 2,
      });
    default:
      return appError('internal', 'Something went wrong on our side.', { cause });
  }
}

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/** What the database driver says, without a code, when the server is gone or all connections are taken. */
const CONNECTION_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error)/;

/** Whether it was the database that failed, and not what asked it. */
export const isDatabaseError = (error: unknown): boolean =>
  pgErrorOf(error) !== undefined || isConnectionError(error);

function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && CONNECTION_CODES.has(String(error.code))) return true;
  return CONNECTION_MESSAGES.test(error.message) || isConnectionError(error.cause);
}

/** Whatever was thrown, as the one error that transports can show. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ZodError) return validationError(error);
  const pg = pgErrorOf(error);
  if (pg !== undefined) return fromPgError(pg, error);
  if (isConnectionError(error)) {
    const message = 'Something that this needs is not reachable right now; try again.';
    return appError('unavailable', message, { cause: error, retryAfter: 2 });
  }
  return appError('internal', 'Something went wrong on our side.', { cause: error });
}
