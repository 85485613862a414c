import type { Outcome } from '@repo/foundation/webhook';
import type { SlipwayContext } from '../context.ts';
import type { FileRow } from '../file/table.ts';
import type { UploadCallbackRow } from './table.ts';

export interface DueCallback {
  callback: UploadCallbackRow;
  row: FileRow;
}

/** What there is to do now. */
export type Prepared =
  | { kind: 'message'; url: string; headers: Record<string, string>; body: string }
  /** Not yet: the one that is to be told, or the way to it, is not known. */
  | { kind: 'later'; ms: number }
  /** An attempt that fails on this side. */
  | { kind: 'unsendable'; problem: string }
  /** Nobody is told any more. */
  | { kind: 'over'; problem: string };

/** What an answer means. */
export type Answer =
  | { kind: 'result'; result: string | null }
  /** Its result comes by another way, and until then it is told again. */
  | { kind: 'heard' }
  /** May go better next time. */
  | { kind: 'problem'; problem: string }
  /** The server does not want this one, whenever it is asked. */
  | { kind: 'refused'; problem: string }
  /** An address that nobody asks from here. */
  | { kind: 'unreachable'; problem: string };

/** How one kind of server is told, and how it answers. The rest is the same for all. */
export interface Wire {
  prepare(ctx: SlipwayContext, due: DueCallback): Promise<Prepared>;
  read(outcome: Outcome, callback: UploadCallbackRow): Answer;
}

/** In the words of the log, for whatever was not answered with 2xx. */
export function problemOf({ status, body, problem }: Outcome): string {
  if (status === null) return problem ?? 'Nothing was answered.';
  return `It answered ${status}: ${(body ?? '').slice(0, 300)}`;
}
