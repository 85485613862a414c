import type { FileRow } from './table.ts';

/** Files of one storage at once. */
const LANES = 8;
/** Then the others of this storage wait for the next sweep: one that is slow holds up nobody else. */
const BUDGET_MS = 20_000;

type Found = { row: Pick<FileRow, 'id' | 'storageId'> };

/**
 * Works on every row once, in the order of ids from any one of them on, so that of very many all have
 * their turn. Storages do not wait for each other, and none for longer than its budget.
 */
export async function sweepInLanes<T extends Found>(
  load: (range: { after: string; upTo: string | null }) => Promise<T[]>,
  work: (found: T) => Promise<void>,
  { budgetMs = BUDGET_MS, start = anywhere() }: { budgetMs?: number; start?: string } = {},
): Promise<void> {
  /** Milliseconds; its own, not those in which it waited for others. */
  const used = new Map<string | null, number>();
  const workOn = async (rows: T[]) => {
    const storageId = rows[0]?.row.storageId ?? null;
    const before = used.get(storageId) ?? 0;
    const began = Date.now();
    const total = () => before + Date.now() - began;
    await inLanes(rows, { work, hasTime: () => total() < budgetMs });
    used.set(storageId, total());
  };
  for (const range of [
    { after: start, upTo: null },
    { after: '', upTo: start },
  ]) {
    let { after } = range;
    for (;;) {
      const rows = await load({ after, upTo: range.upTo });
      const last = rows.at(-1);
      if (last === undefined) break;
      await Promise.all(byStorage(rows).map(workOn));
      after = last.row.id;
    }
  }
}

function byStorage<T extends Found>(rows: T[]): T[][] {
  return [...Map.groupBy(rows, ({ row }) => row.storageId).values()];
}

async function inLanes<T extends Found>(
  rows: T[],
  how: { work: (found: T) => Promise<void>; hasTime: () => boolean },
): Promise<void> {
  const rest = rows.values();
  const lane = async () => {
    for (const found of rest) {
      if (!how.hasTime()) return;
      await how.work(found);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const anywhere = () => `file_${DIGITS.charAt(Math.floor(Math.random() * DIGITS.length))}`;
