import type { Pool } from '../parallel/pool.ts';
import { reduced } from '../privacy/apply-privacy.ts';
import { blurInParts } from '../privacy/blur-box.ts';
import type { PrivacyPlan } from '../privacy/plan-privacy.ts';
import type { PlaneRef, YccRef } from './planes.ts';

/** Samples on each side of a row that repeat its ends. */
const PAD = 32;

/**
 * Blurs the full-size photo in place, as `applyPrivacy` does the small one.
 * @param pause lets others have their turn, every few milliseconds
 */
export async function hidePrivate(
  { arena }: Pool,
  photo: YccRef,
  { plan: { boxes }, pause }: { readonly plan: PrivacyPlan; readonly pause: () => Promise<void> },
): Promise<void> {
  if (boxes.length === 0) return;
  for (const [plane, scale] of [
    [photo.y, 1],
    [photo.cb, 2],
    [photo.cr, 2],
  ] as const) {
    const { width, height } = plane;
    const stride = plane.stride / 2;
    const data = arena.int16(plane.address - PAD * 2, stride * height);
    const samples = { data, start: PAD, step: 1, stride, width, height };
    for (const box of boxes)
      for (const _ of blurInParts(samples, reduced(box, scale))) await pause();
    repeatEnds(data, plane);
  }
}

/** Filters read over the ends of rows without asking. */
function repeatEnds(data: Int16Array, { stride, width, height }: PlaneRef): void {
  for (let y = 0; y < height; y++) {
    const row = data.subarray((y * stride) / 2, (y * stride) / 2 + width + 2 * PAD);
    row.fill(row[PAD] as number, 0, PAD);
    row.fill(row[PAD + width - 1] as number, PAD + width);
  }
}
