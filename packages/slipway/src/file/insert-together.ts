import { type Db, perTurn, preparedOn } from '@repo/foundation/db';
import { type AppError, pgErrorOf } from '@repo/foundation/errors';
import type { Project } from '../project/table.ts';
import { insertRows, insertRowsIn, type NewFile } from './insert-rows.ts';
import { hasLimits, openRoom } from './limits.ts';

/** A new file, and its project as the request found it. */
export interface Announced {
  project: Project;
  values: NewFile;
}

const MOST_ROWS = 100;

/**
 * Adds a file's row, if its project has room for it. Rows of one project that come in the same turn of
 * the event loop share a transaction, and so its locks, its count and its flush to disk; each is
 * accepted or refused on its own. Of one project only: its row may be locked for long, which is
 * nobody else's matter.
 */
export const insertTogether = preparedOn((db) => {
  const options = { groupBy: ({ project }: Announced) => project.id, most: MOST_ROWS };
  const freely = perTurn(insertEach(db, insertAll), options);
  // Each of these holds the project's lock.
  const counted = perTurn(insertEach(db, insertWhatFits), { ...options, oneAtATime: true });
  return async (announced: Announced): Promise<void> => {
    const insert = hasLimits(announced.project.rules) ? counted : freely;
    const refusal = await insert(announced);
    if (refusal !== null) throw refusal;
  };
});

/** Adds all of these or none; for each null, or why the project has no room for it. */
type Insert = (
  db: Db,
  rows: readonly NewFile[],
  projectId: string,
) => Promise<readonly (AppError | null)[]>;

/** For each file null, or why it was not added. */
function insertEach(db: Db, insert: Insert) {
  return async (files: readonly Announced[], projectId: string): Promise<readonly unknown[]> => {
    const rows = files.map(({ values }) => values);
    try {
      return await insert(db, rows, projectId);
    } catch (error) {
      if (rows.length === 1 || !isOfSomeRow(error)) throw error;
    }
    // Nothing was kept, for the fault of one: now each for itself.
    return Promise.all(
      rows.map(async (row) => {
        try {
          const [refusal] = await insert(db, [row], projectId);
          return refusal;
        } catch (error) {
          return error;
        }
      }),
    );
  };
}

/** A value or a constraint that some row violates, or a deadlock: Postgres said that it kept nothing. */
function isOfSomeRow(error: unknown): boolean {
  return /^(22|23|40)/.test(pgErrorOf(error)?.code ?? '');
}

const insertAll: Insert = async (db, rows) => {
  await insertRows(db, rows.toSorted(byCustomId));
  return rows.map(() => null);
};

const insertWhatFits: Insert = (db, rows, projectId) =>
  db.transaction(async (tx) => {
    const room = await openRoom(tx, projectId);
    const refusals = rows.map((row) => room.take(needOf(row)));
    const fitting = rows.filter((_, index) => refusals[index] === null);
    if (fitting.length > 0) await insertRowsIn(tx, fitting.sort(byCustomId));
    return refusals;
  });

/** Two transactions that add the same ids must not do it in opposite order, or each waits for the other. */
function byCustomId(one: NewFile, other: NewFile): number {
  const [first, second] = [one.customId ?? '', other.customId ?? ''];
  return first < second ? -1 : Number(first > second);
}

/** A piece of a concatenated upload is no file of its own. */
export function needOf({ uploadKind, size }: NewFile): { files: number; bytes: number } {
  return { files: uploadKind === 'tus_partial' ? 0 : 1, bytes: size };
}
