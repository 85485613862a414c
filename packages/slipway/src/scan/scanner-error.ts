/**
 * Why a scanner gave no verdict:
 * `unreachable` nobody answers at its address · `busy` too many wait for it already ·
 * `timed_out` it took too long · `closed_early` it hung up before its verdict ·
 * `too_large` more bytes than it takes · `not_examined` it reached one of its own limits, so that
 * parts were not looked at · `unexpected_answer` anything else that is no verdict.
 */
export type ScannerFault =
  | 'unreachable'
  | 'busy'
  | 'timed_out'
  | 'closed_early'
  | 'too_large'
  | 'not_examined'
  | 'unexpected_answer';

/** There is no verdict. Never a statement about the bytes. */
export class ScannerError extends Error {
  override readonly name = 'ScannerError';
  readonly fault: ScannerFault;

  constructor(fault: ScannerFault, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.fault = fault;
  }
}
