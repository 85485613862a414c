import { describeFailure } from '../failure.ts';
import { type Copied, type CopyInput, copyPatiently } from './copy-file.ts';
import type { Failed, Journal } from './journal.ts';
import type { SourceFile } from './source.ts';

export interface RunInput extends Omit<CopyInput, 'file'> {
  readonly journal: Journal;
  readonly parallel: number;
  readonly onListed: (todo: readonly SourceFile[]) => void;
  readonly onCopied: (copied: Copied, file: SourceFile) => void;
  readonly onFailed: (failed: Failed) => void;
}

export interface RunResult {
  readonly listed: number;
  /** Of files that are none yet, or no more: by UploadThing's word for it. */
  readonly skipped: Readonly<Record<string, number>>;
  readonly doneBefore: number;
  readonly copied: readonly Copied[];
  readonly failed: readonly Failed[];
}

/** What came while it copied is copied by another round. */
const MOST_ROUNDS = 5;

/** Copies all files there are, a few at a time; one that fails stops no other. */
export async function runMigration(input: RunInput): Promise<RunResult> {
  const { source, journal, signal } = input;
  const before = new Set(journal.done.keys());
  const copied: Copied[] = [];
  const failed = new Map<string, Failed>();
  for (let round = 1; ; round += 1) {
    const listed = await source.list(signal);
    const todo = listed.filter(
      ({ key, status }) => status === 'Uploaded' && !journal.done.has(key) && !failed.has(key),
    );
    if (todo.length === 0 || round > MOST_ROUNDS) {
      const skipped = countBy(listed.filter(({ status }) => status !== 'Uploaded'));
      return {
        listed: listed.length,
        skipped,
        doneBefore: before.size,
        copied,
        failed: [...failed.values()],
      };
    }
    input.onListed(todo);
    await copyAll(input, todo, { copied, failed });
  }
}

interface Outcomes {
  readonly copied: Copied[];
  readonly failed: Map<string, Failed>;
}

async function copyAll(
  input: RunInput,
  todo: readonly SourceFile[],
  { copied, failed }: Outcomes,
): Promise<void> {
  const queue = [...todo];
  let stop: { reason: unknown } | null = null;
  const work = async () => {
    for (let file = queue.shift(); file !== undefined && stop === null; file = queue.shift()) {
      try {
        const one = await copyPatiently({ ...input, file });
        const { wasThere: _, ...done } = one;
        await input.journal.noteDone(done);
        copied.push(one);
        input.onCopied(one, file);
      } catch (error) {
        if (input.signal.aborted || concernsAll(error)) {
          stop = { reason: input.signal.aborted ? input.signal.reason : error };
          return;
        }
        const { code, message } = describeFailure(error);
        const failure = { key: file.key, name: file.name, code, message };
        failed.set(file.key, failure);
        await input.journal.noteFailed(failure);
        input.onFailed(failure);
      }
    }
  };
  await Promise.all(Array.from({ length: input.parallel }, work));
  const ended = stop as { reason: unknown } | null;
  if (ended !== null) throw ended.reason;
}

/** With these every other file would fail as well: the run ends, and is gone on with later. */
const OF_ALL: ReadonlySet<string> = new Set([
  'api_key_invalid',
  'api_key_missing',
  'forbidden',
  'network_error',
  'timeout',
  'unavailable',
  'rate_limited',
  'quota_exceeded',
  'storage_limit_reached',
  'file_limit_reached',
  'source_key_refused',
  'ENOSPC',
]);

const concernsAll = (error: unknown) => OF_ALL.has(describeFailure(error).code);

function countBy(files: readonly SourceFile[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of files) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
