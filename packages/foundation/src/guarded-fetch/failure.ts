export type FailureReason =
  /** What was given is no address that may be asked. */
  | 'url_refused'
  /** It leads somewhere that must not be reached from here. */
  | 'address_refused'
  | 'name_unknown'
  | 'connection_refused'
  | 'connection_lost'
  | 'tls'
  | 'timeout'
  | 'stopped'
  | 'not_http';

/** Why nothing, or no whole answer, came back; the message is a sentence for the user who named the address. */
export class GuardedFetchError extends Error {
  override readonly name = 'GuardedFetchError';
  readonly reason: FailureReason;

  constructor(reason: FailureReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

const BY_CODE: Record<string, readonly [FailureReason, string]> = {
  ENOTFOUND: ['name_unknown', 'Its name has no address.'],
  ENODATA: ['name_unknown', 'Its name has no address.'],
  EAI_AGAIN: ['name_unknown', 'Its name could not be looked up right now.'],
  ECONNREFUSED: ['connection_refused', 'Nothing listens at its port.'],
  EHOSTUNREACH: ['connection_refused', 'There is no way to its address.'],
  ENETUNREACH: ['connection_refused', 'There is no way to its address.'],
  EADDRNOTAVAIL: ['connection_refused', 'There is no way to its address.'],
  ETIMEDOUT: ['timeout', 'It did not accept the connection in time.'],
  ECONNRESET: ['connection_lost', 'It closed the connection before it had answered.'],
  EPIPE: ['connection_lost', 'It closed the connection before it had answered.'],
};

export interface Limit {
  timeout: AbortSignal;
  timeoutMs: number;
}

/** What was thrown, in words. */
export function failureOf(error: unknown, { timeout, timeoutMs }: Limit): GuardedFetchError {
  if (error instanceof GuardedFetchError) return error;
  // Of several addresses that were tried, the first one's failure.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const code = codeOf(first);
  if (first instanceof GuardedFetchError) return first;
  if (timeout.aborted)
    return new GuardedFetchError('timeout', `It took longer than ${timeoutMs / 1000} seconds.`);
  if (code === 'ABORT_ERR') return new GuardedFetchError('stopped', 'It was stopped on this side.');
  const known = BY_CODE[code];
  if (known !== undefined) return new GuardedFetchError(known[0], known[1], { cause: error });
  if (code.startsWith('HPE_'))
    return new GuardedFetchError('not_http', 'What it answered is not HTTP.', { cause: error });
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO_|EPROTO|HOSTNAME_)/.test(code))
    return new GuardedFetchError('tls', `Its certificate or TLS was not accepted (${code}).`, {
      cause: error,
    });
  return new GuardedFetchError('connection_lost', 'The connection failed.', { cause: error });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
