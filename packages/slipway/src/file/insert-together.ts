import { type Db, perTurn, preparedOn } from '@repo/foundation/db';
import { type AppError, pgErrorOf } from '@repo/foundation/errors';
import type { ProjectRules } from '../project/schema.ts';
import type { Project } from '../project/table.ts';
import { insertRows, insertRowsIn, insertUnlockedRows, type NewFile } from './insert-rows.ts';
import { type Counting, isCounted, openRoom } from './limits.ts';

const MOST_ROWS = 100;

/** The answer for a row that would have had to wait for others. */
const LOCKED = Symbol('locked');

/**
 * Adds a file's row, if its project has room for it. Rows that come in the same turn of the event loop
 * share a transaction, and so its locks, its count and its flush to disk; each is accepted or refused
 * on its own. Rows of different projects only as long as nobody has to wait: a project's row may be
 * locked for long, or its customId be somebody's who isn't done, which is no other project's matter.
 */
export const insertTogether = preparedOn((db) => {
  const ofAny = perTurn(insertEach(db, insertUnlocked), { most: MOST_ROWS });
  const ofOne = { groupBy: (row: NewFile) => row.projectId, most: MOST_ROWS };
  const waiting = perTurn(insertEach(db, insertAll), ofOne);
  // Each of these holds the project's lock.
  const counting = perTurn(
    (calls: readonly Counted[], projectId) => {
      const rows = calls.map(({ row }) => row);
      const now = new Date(Math.max(...calls.map((call) => call.now.getTime())));
      // Somebody may have given it another plan between two of them: the last call knows best.
      const plan = calls.at(-1)?.plan;
      if (plan === undefined) throw new Error('nothing was to be counted');
      return insertEach(db, insertWhatFits({ plan, now }))(rows, projectId);
    },
    {
      groupBy: ({ row }) => row.projectId,
      most: MOST_ROWS,
      oneAtATime: true,
    },
  );

  async function insert(row: NewFile, rules: ProjectRules, by: Counting): Promise<unknown> {
    if (isCounted(rules, by.plan)) return counting({ row, ...by });
    const outcome = row.customId === null ? await ofAny(row) : LOCKED;
    return outcome === LOCKED ? waiting(row) : outcome;
  }

  return async ({ project, values, ...by }: NewFileOf): Promise<void> => {
    const refusal = await insert(values, project.rules, by);
    if (refusal !== null) throw refusal;
  };
});

type Counted = Counting & { row: NewFile };
type NewFileOf = Counting & { project: Project; values: NewFile };

/** Adds all of these or none, but for those that it answers with something else than null. */
type Insert = (
  db: Db,
  rows: readonly NewFile[],
  projectId: string,
) => Promise<readonly (AppError | typeof LOCKED | null)[]>;

/** For each row null, or why it was not added. */
function insertEach(db: Db, insert: Insert) {
  return async (rows: readonly NewFile[], projectId: string): Promise<readonly unknown[]> => {
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

const insertUnlocked: Insert = async (db, rows) => {
  const added = await insertUnlockedRows(db, rows);
  return rows.map(({ id }) => (added.has(id) ? null : LOCKED));
};

const insertAll: Insert = async (db, rows) => {
  await insertRows(db, rows.toSorted(byCustomId));
  return rows.map(() => null);
};

const insertWhatFits =
  (by: Counting): Insert =>
  (db, rows, projectId) =>
    db.transaction(async (tx) => {
      const needs = rows.map(needOf);
      const room = await openRoom(tx, { projectId, needs, ...by });
      const refusals = needs.map((need) => room.take(need));
      const fitting = rows.filter((_, index) => refusals[index] === null);
      if (fitting.length === 0) return refusals;
      await insertRowsIn(tx, fitting.sort(byCustomId));
      await room.keep();
      return refusals;
    });

/** Two transactions that add the same ids must not do it in opposite order, or each waits for the other. */
function byCustomId(one: NewFile, other: NewFile): number {
  const [first, second] = [one.customId ?? '', other.customId ?? ''];
  return first < second ? -1 : Number(first > second);
}

/** A piece of a concatenated upload is no file of its own. */
export function needOf({ uploadKind, size, uploader, isTest }: NewFile) {
  const files = uploadKind === 'tus_partial' ? 0 : 1;
  return { files, bytes: size, uploader: uploader ?? null, isTest: isTest ?? false };
}
