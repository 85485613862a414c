import { newId } from '@repo/foundation/ids';
import type { Context } from '../context.ts';
import type { Produced } from '../enhancement/produce.ts';
import { photo } from '../photo/table.ts';
import { scene } from '../scene/table.ts';

/** A result that no engine made. */
export const PRODUCED = {
  done: { recipe: { engine: 'test' }, report: {} },
  ...{ width: 3, height: 2, resultFileId: 'a', resultPreviewFileId: 'b', resultThumbFileId: 'c' },
} as unknown as Produced;

/** Scenes of one ready frame each, as inspection leaves them. */
export async function addScenes(ctx: Context, listingId: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId('scn'));
  await ctx.db.insert(scene).values(ids.map((id) => ({ id, listingId, manual: true })));
  await ctx.db.insert(photo).values(
    ids.map((sceneId, position) => ({
      ...{ id: newId('pho'), listingId, sceneId, position, fileId: newId('fil') },
      ...{ name: `${position}.jpg`, size: 1, type: 'image/jpeg', uploadedBy: 'usr_a' },
      status: 'ready' as const,
    })),
  );
  return ids;
}
