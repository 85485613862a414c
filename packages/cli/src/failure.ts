import { SlipwayError } from 'slipway/server';

/** What a process ends with, so that scripts can tell what went wrong. */
export const EXIT = {
  ok: 0,
  failure: 1,
  usage: 2,
  auth: 3,
  notFound: 4,
  refused: 5,
  unreachable: 6,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The same in words: for help and documentation. */
export const EXIT_WORDS: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: 'done',
  failure: 'failure',
  usage: 'wrong usage',
  auth: 'no key, a wrong one, or one that may not do this',
  notFound: 'not found',
  refused: 'refused by a rule or a check',
  unreachable: 'not reachable',
  interrupted: 'interrupted',
};

/** A failure with a sentence for people that says what was expected. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: string;
  readonly exit: ExitCode;

  constructor(code: string, message: string, exit: ExitCode = EXIT.failure) {
    super(message);
    this.code = code;
    this.exit = exit;
  }
}

export const usageError = (message: string) => new CliError('usage', message, EXIT.usage);

/** A failure as `--json` shows it. */
export interface FailureDocument {
  readonly code: string;
  readonly message: string;
  readonly docs: string | null;
  readonly requestId: string | null;
  readonly exitCode: ExitCode;
}

const GENERAL_DOCS = '/docs/cli';

export function describeFailure(error: unknown): FailureDocument {
  if (error instanceof SlipwayError) {
    const { code, message, docs, requestId } = error;
    return { code, message, docs, requestId, exitCode: exitOf(error) };
  }
  const nobody = { docs: null, requestId: null };
  if (error instanceof CliError)
    return { code: error.code, message: error.message, exitCode: error.exit, ...nobody };
  if (error instanceof Error && error.name === 'AbortError')
    return { code: 'interrupted', message: 'Interrupted.', exitCode: EXIT.interrupted, ...nobody };
  if (error instanceof Error && 'code' in error && typeof error.code === 'string')
    return { code: error.code, message: error.message, exitCode: EXIT.failure, ...nobody };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'failed', message, exitCode: EXIT.failure, ...nobody };
}

function exitOf({ code, status }: SlipwayError): ExitCode {
  if (code === 'invalid_configuration') return EXIT.usage;
  if (status === 401 || status === 403) return EXIT.auth;
  if (status === 404) return EXIT.notFound;
  if (status === 0 || status === 502 || status === 503 || status === 504) return EXIT.unreachable;
  if (status === 400 || status === 409 || status === 413 || status === 422) return EXIT.refused;
  return EXIT.failure;
}

/** Where to read on; of a failure that names no page the command's own. */
export const docsOf = (failure: FailureDocument, url: string | null) =>
  failure.docs ?? (url === null ? null : `${url}${GENERAL_DOCS}`);

/** One of many that failed fails the command, once all were tried. */
export const firstExit = (failed: readonly { readonly error: FailureDocument }[]): ExitCode =>
  failed[0]?.error.exitCode ?? EXIT.ok;
