interface SafeError {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: SafeError | string;
}

/** A query builder's error repeats the statement's parameters: password hashes, tokens, e-mail addresses. */
function publicMessage(error: Error): string {
  if ('query' in error && 'params' in error) return `Failed query: ${String(error.query)}`;
  // Postgres quotes values in its messages' details only, which are left out as a whole.
  return error.message;
}

/**
 * What may be logged of an error: types, messages, codes and stack frames down
 * the chain of causes, never the values that a query was given.
 */
export function safeError(error: unknown, depth = 0): SafeError | string {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : 'an unknown error';
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  const safe: SafeError = { type: error.name, message: publicMessage(error) };
  if ('code' in error && typeof error.code === 'string') safe.code = error.code;
  if (frames !== undefined && frames.length > 0) safe.stack = frames.join('\n');
  if (error.cause !== undefined && depth < 5) safe.cause = safeError(error.cause, depth + 1);
  return safe;
}
