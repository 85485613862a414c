import { AppError } from '@repo/foundation/errors';
import type { SlipwayContext } from '../context.ts';
import { measureObject } from '../image/measure-object.ts';
import type { ImageRules } from '../project/rules.ts';
import type { Storage } from '../storage/storage.ts';
import type { FileFailure, FileRow } from './table.ts';

export interface Pixels {
  width: number;
  height: number;
}

/** The picture's pixels, null where no rule asks for them, or why the rules refuse it. */
export async function checkDimensions(
  ctx: SlipwayContext,
  { row, storage }: { row: FileRow; storage: Storage },
): Promise<{ pixels: Pixels | null } | { failure: FileFailure }> {
  const rules = row.imageRules;
  if (rules === null) return { pixels: null };
  try {
    const pixels = await measureObject(ctx, { storage, key: row.key, size: row.size });
    const problem = brokenRule(pixels, rules);
    if (problem === null) return { pixels };
    return { failure: { code: 'image_dimensions', message: problem } };
  } catch (error) {
    // What is wrong with the picture is a verdict; what is wrong with us is asked about again.
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    const message = `Its dimensions cannot be told, and the rules ask for them: ${error.message}`;
    return { failure: { code: 'image_dimensions', message } };
  }
}

export function brokenRule({ width, height }: Pixels, rules: ImageRules): string | null {
  const expected = [
    rangeOf('wide', width, [rules.minWidth, rules.maxWidth]),
    rangeOf('high', height, [rules.minHeight, rules.maxHeight]),
  ].filter((text) => text !== null);
  if (expected.length === 0) return null;
  return `Expected a picture ${expected.join(' and ')}; this one has ${width} × ${height}.`;
}

function rangeOf(
  word: string,
  value: number,
  [least, most]: readonly [number | null, number | null],
): string | null {
  if (least !== null && value < least) return `at least ${least} pixels ${word}`;
  if (most !== null && value > most) return `at most ${most} pixels ${word}`;
  return null;
}
