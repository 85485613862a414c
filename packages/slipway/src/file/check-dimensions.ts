import { ChildFailure } from '@repo/foundation/child-pool';
import { AppError } from '@repo/foundation/errors';
import type { SlipwayContext } from '../context.ts';
import { isPictureType } from '../image/formats.ts';
import { headerSize } from '../image/header-size.ts';
import { measureObject } from '../image/measure-object.ts';
import type { ImageRules } from '../project/rules.ts';
import type { Storage } from '../storage/storage.ts';
import { firstBytes } from './read-object.ts';
import type { FileFailure, FileRow } from './table.ts';

export interface Pixels {
  width: number;
  height: number;
}

interface Picture {
  row: FileRow;
  storage: Storage;
  /** Its first bytes. */
  start: Uint8Array;
}

/** The picture's pixels, null of other files, or why the rules refuse it. */
export async function checkDimensions(
  ctx: SlipwayContext,
  { row, storage, start }: Picture,
): Promise<{ pixels: Pixels | null } | { failure: FileFailure }> {
  const rules = row.imageRules;
  if (rules === null) return { pixels: await pixelsOf(ctx, { row, storage, start }) };
  try {
    const pixels = await measured(ctx, { storage, key: row.key, size: row.size });
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

/** A decoder that ended may have been ended from outside: a second one has the last word about the picture. */
function measured(
  ctx: SlipwayContext,
  object: Parameters<typeof measureObject>[1],
): Promise<Pixels> {
  return measureObject(ctx, object).catch((error: unknown) => {
    const hasEnded = error instanceof AppError && error.cause instanceof ChildFailure;
    if (!hasEnded || error.status >= 500) throw error;
    return measureObject(ctx, object);
  });
}

/** Of a JPEG with a long profile, say, the beginning is longer. */
const LONG_START = 1024 ** 2;
/** What has no size at its beginning is brought here for it, unless that takes long. */
const MOST_TO_READ = 32 * 1024 ** 2;

/** Nobody asks for them, so what cannot be told is left out; a decoder says it with the first thumbnail, or nobody. */
async function pixelsOf(
  ctx: SlipwayContext,
  { row, storage, start }: Picture,
): Promise<Pixels | null> {
  const { key, size, type } = row;
  if (!isPictureType(type)) return null;
  const known = headerSize(start);
  if (known !== null) return known;
  const isJpeg = start[0] === 0xff && start[1] === 0xd8;
  if (isJpeg && start.length < size)
    return headerSize(await firstBytes(storage, { key, size, bytes: LONG_START }));
  if (isJpeg || size > MOST_TO_READ) return null;
  return measureObject(ctx, { storage, key, size }).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
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
