import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../../context.ts';
import type { Storage } from '../../storage/storage.ts';
import { type StorageMove, storageMove } from '../table.ts';

/** One step in front of a storage's own. */
export type Hook = (storage: Storage) => Partial<Storage>;

/** A context in which one storage does something else, as one that fails would. */
export function withHook(
  ctx: SlipwayContext,
  storageId: string | null,
  hook: Hook,
): SlipwayContext {
  const { storages } = ctx;
  const of = async (id: string | null) => {
    const storage = await storages.of(id);
    return id === storageId ? { ...storage, ...hook(storage) } : storage;
  };
  return { ...ctx, storages: { default: storages.default, of } };
}

export const broken = (): never => {
  throw new Error('the storage is broken');
};

/** The same at another time. */
export const after = (ctx: SlipwayContext, ms: number): SlipwayContext => ({
  ...ctx,
  now: () => new Date(Date.now() + ms),
});

/** A job's run that nobody stops. */
export const run = () => ({ signal: new AbortController().signal });

export async function moveRow({ db }: SlipwayContext, id: string): Promise<StorageMove> {
  const [row] = await db.select().from(storageMove).where(eq(storageMove.id, id));
  if (row === undefined) throw new Error(`there is no move ${id}`);
  return row;
}
