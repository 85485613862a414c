/** A failure of background work that a photographer can read. Ends in a row, never in a response. */
export class WorkError extends Error {
  override readonly name = 'WorkError';
  readonly code: string;

  constructor(code: string, reason: string, options?: { cause?: unknown }) {
    super(reason, options);
    this.code = code;
  }
}
