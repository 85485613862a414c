import { EngineError } from './errors.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a folder',
  EACCES: 'it is not permitted',
  EPERM: 'it is not permitted',
  EROFS: 'nothing can be written there',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many files are open',
  EIO: 'the disk does not answer',
};

/** `what` is how people call the file. */
type DiskFile = { readonly what: string; readonly path: string };

/** `unreadable_file`, with where it was looked for and what was in the way. */
export function unreadable({ what, path }: DiskFile, cause: unknown): EngineError {
  const message = `${what} cannot be read from "${path}": ${reasonOf(cause)}.`;
  return new EngineError('unreadable_file', message, { cause });
}

/** `write_failed`, with where it was to go and what was in the way. */
export function unwritable({ what, path }: DiskFile, cause: unknown): EngineError {
  const message = `${what} cannot be written to "${path}": ${reasonOf(cause)}.`;
  return new EngineError('write_failed', message, { cause });
}

function reasonOf(cause: unknown): string {
  const code =
    cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
  if (code === null) return 'the system gives no reason';
  return REASONS[code] ?? `the system says ${code}`;
}
