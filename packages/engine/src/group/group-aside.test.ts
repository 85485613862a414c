import { describe, expect, it } from 'vitest';
import { makeRoom, shootRoom } from '../testing/rooms.ts';
import { fingerprintOf } from './fingerprint.ts';
import { groupFramesAside } from './group-aside.ts';
import { type GroupableFrame, groupFrames } from './group-frames.ts';

/** Two rooms at three exposures each, of which nothing is known but what they show. */
const FRAMES: GroupableFrame[] = [1, 2].flatMap((room) =>
  [-2, 0, 2].map((ev) => ({
    id: `room ${room} at ${ev}`,
    takenAt: null,
    ev: null,
    exposureBias: null,
    width: 6000,
    height: 4000,
    camera: null,
    fingerprint: fingerprintOf(shootRoom(makeRoom(room), { ev })),
  })),
);

describe('grouping in a thread of its own', () => {
  it('finds what is found without, and lets others work meanwhile', async () => {
    let turns = 0;
    const clock = setInterval(() => turns++, 0);
    const groups = await groupFramesAside(FRAMES, { maxFrames: 2 });
    clearInterval(clock);
    expect(groups).toEqual(groupFrames(FRAMES, { maxFrames: 2 }));
    expect(groups.scenes).toHaveLength(4);
    expect(turns).toBeGreaterThan(0);
  });

  it('ends when it is given up, before and after its start', async () => {
    const cancelled = { code: 'cancelled' };
    const signal = AbortSignal.abort();
    await expect(groupFramesAside(FRAMES, { signal })).rejects.toMatchObject(cancelled);
    const controller = new AbortController();
    const grouping = groupFramesAside(FRAMES, { signal: controller.signal });
    controller.abort();
    await expect(grouping).rejects.toMatchObject(cancelled);
  });

  it('says so when the thread ends without an answer', async () => {
    const broken = [{ id: 'a' }, null] as unknown as GroupableFrame[];
    await expect(groupFramesAside(broken)).rejects.toMatchObject({ code: 'crashed' });
  });
});
