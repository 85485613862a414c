import { applyWhiteBalance } from '../color/apply-white-balance.ts';
import type { WhiteBalancePlan } from '../color/plan-white-balance.ts';
import type { Pool } from '../parallel/pool.ts';
import { changeColors } from './color-tables.ts';
import type { YccRef } from './planes.ts';

/** Takes the colour of the light off the full-size photo in place, as `applyWhiteBalance` does the small one. */
export async function balanceFrame(
  pool: Pool,
  photo: YccRef,
  plan: WhiteBalancePlan,
): Promise<void> {
  const changes = plan.gains.map(
    (gains) => (colors: Parameters<typeof applyWhiteBalance>[0]) =>
      applyWhiteBalance(colors, { ...plan, gains: [gains], share: null }),
  );
  await changeColors(pool, photo, { changes, share: plan.share });
}
