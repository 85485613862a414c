import { applyDusk, type DuskPlan } from '../dusk/apply-dusk.ts';
import type { Pool } from '../parallel/pool.ts';
import { type ColorChange, changeColors } from './color-tables.ts';
import type { YccRef } from './planes.ts';

/** Gives the full-size photo the light of dusk in place, as `applyDusk` does the small one. */
export async function duskFrame(pool: Pool, photo: YccRef, plan: DuskPlan): Promise<void> {
  const { open, views, strength } = plan;
  const changeTo =
    (seen: number): ColorChange =>
    (colors) =>
      applyDusk(colors, { open: seen, views: null, strength });
  const changes = views === null ? [changeTo(open)] : [changeTo(open), changeTo(1)];
  await changeColors(pool, photo, { changes, share: views });
}
