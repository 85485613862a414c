import type { Context } from '../context.ts';
import { findCopies, keyOf, PROOF_BEFORE, wantedCopies } from './copies.ts';
import type { Delivered } from './delivered.ts';
import type { Visit } from './visit.ts';

/** How far a photo of a delivery is. */
export interface CopyState {
  /** All that is shown and saved of it is there. */
  prepared: boolean;
  /**
   * Who signed the Content Credentials of the files that may be saved; null unless all of them are there and signed.
   * Keys may have been set, taken away or have expired since a file was made: what counts is the file.
   */
  signedBy: string | null;
}

/** Of each photo, in the order in which they came. */
export async function copyStates(
  ctx: Context,
  { delivery, branding }: Pick<Visit, 'delivery' | 'branding'>,
  delivered: readonly Delivered[],
): Promise<CopyState[]> {
  const wanted = delivered.map((entry) => wantedCopies({ delivery, branding, ...entry }));
  const there = await findCopies(ctx.db, wanted.flat());
  return wanted.map((copies, index) => {
    const files = copies.map((copy) => ({ ...copy, row: there.get(keyOf(copy)) }));
    // The original's copy is the result itself.
    const signers = files
      .filter(({ kind }) => kind !== PROOF_BEFORE)
      .map(({ kind, row }) =>
        row !== undefined && kind === 'original'
          ? delivered[index]?.version.resultSignedBy
          : row?.signedBy,
      );
    const names = [...new Set(signers)].filter((name) => name != null);
    const all = delivery.sizes.length > 0 && signers.every((name) => name != null);
    return {
      prepared: files.every(({ row }) => row !== undefined),
      signedBy: all && names.length > 0 ? names.join(', ') : null,
    };
  });
}
