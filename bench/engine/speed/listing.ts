import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { table } from '../../report.ts';
import { hasRealSet, makeBrackets } from './make-brackets.ts';
import { EVERY_STEP, enhanceOnce } from './ours.ts';

/** A whole listing, scene after scene, each in a process of its own as a worker does it. */
export async function measureListing(data: string | null, scenes: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'engine-listing-'));
  try {
    const set = data !== null && (await hasRealSet(data)) ? data : null;
    const frames = (await makeBrackets(folder, set)).slice(0, 3);
    const began = performance.now();
    const peaks: number[] = [];
    for (let scene = 0; scene < scenes; scene++) {
      const output = join(folder, `scene-${scene}.jpg`);
      peaks.push((await enhanceOnce({ frames, output, options: EVERY_STEP })).peakMib);
    }
    const seconds = (performance.now() - began) / 1000;
    return table(
      ['listing', 'seconds', 'per scene', 'peak MiB, first to last fifth'],
      [
        [
          `${scenes} scenes x 3 x 24 MP`,
          seconds,
          seconds / scenes,
          `${Math.round(Math.max(...peaks.slice(0, Math.ceil(scenes / 5))))} to ${Math.round(Math.max(...peaks.slice(-Math.ceil(scenes / 5))))}`,
        ],
      ],
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}
