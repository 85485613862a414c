import type { WrittenOutput } from '@repo/engine';
import type { Context } from '../context.ts';
import { discardFiles, uploadFile } from '../work/files.ts';
import { type Claim, heldBy } from './claim.ts';
import { publishEnhancement } from './internal.ts';
import { enhancement } from './table.ts';

/** Sharp enough for the page, small enough to be there at once. */
export const FIRST_LOOK = {
  name: 'first-look',
  maxWidth: 1024,
  format: 'jpeg',
  quality: 80,
} as const;

/** One run's first look: shown as soon as it is stored, gone when the run ends, however it ends. */
export interface FirstLook {
  show: (output: WrittenOutput) => void;
  /** Fulfilled when nothing is being stored any more. */
  stored: () => Promise<void>;
  discard: () => Promise<void>;
}

export function keepFirstLook(ctx: Context, claim: Claim, signal: AbortSignal): FirstLook {
  let fileId: string | null = null;
  let storing: Promise<void> = Promise.resolve();
  const store = async ({ path, sha256, width, height }: WrittenOutput): Promise<void> => {
    const name = `${claim.row.id}-first-look.jpg`;
    const metadata = { kind: 'result-first-look', enhancementId: claim.row.id };
    const file = { path, sha256, name, type: 'image/jpeg', metadata };
    fileId = await uploadFile(ctx, file, signal);
    const [row] = await ctx.db
      .update(enhancement)
      .set({ firstLook: { fileId, width, height } })
      .where(heldBy(claim))
      .returning();
    if (row !== undefined) await publishEnhancement(ctx.db, ctx, row);
  };
  return {
    show: (output) => {
      // The photo is finished without it just as well.
      storing = store(output).catch((error: unknown) => {
        if (signal.aborted) return;
        ctx.log.warn({ err: error, enhancementId: claim.row.id }, 'a first look was not shown');
      });
    },
    stored: () => storing,
    discard: async () => {
      await storing;
      // By now the row names it no more.
      if (fileId !== null) await discardFiles(ctx, [fileId]);
    },
  };
}
