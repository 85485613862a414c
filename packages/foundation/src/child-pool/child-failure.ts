/** Why a child process gave no answer. */
export type ChildFailureReason =
  /** It was killed after its time. */
  | 'timed_out'
  /** It took more memory than it may, or the system killed it for lack of memory. */
  | 'out_of_memory'
  /** It ended by itself in the middle of its work. */
  | 'crashed'
  /** Too much work is waiting already; nothing was begun. */
  | 'busy'
  /** The pool was closed. */
  | 'closed';

const SENTENCES: Readonly<Record<ChildFailureReason, string>> = {
  timed_out: 'the child process was stopped because it took too long',
  out_of_memory: 'the child process was stopped because it took too much memory',
  crashed: 'the child process ended in the middle of its work',
  busy: 'too much work is waiting for a child process already',
  closed: 'the child processes are stopped',
};

/** The one error of a pool. What the child wrote before its end is the cause; it is for logs only. */
export class ChildFailure extends Error {
  override readonly name = 'ChildFailure';
  readonly reason: ChildFailureReason;

  constructor(reason: ChildFailureReason, options?: { cause?: unknown }) {
    super(SENTENCES[reason], options);
    this.reason = reason;
  }
}
