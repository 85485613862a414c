import { describe, expect, it } from 'vitest';
import { createRandom } from '../testing/random.ts';
import { type GroupableFrame, groupFrames } from './group-frames.ts';

const DAY = Date.parse('2026-05-01T10:00:00Z');

type Shoot = {
  /** Seconds after the start of the day. */
  at: number;
  evs: readonly number[];
  gap?: number;
  base?: number;
  camera?: string;
  /** Cameras in manual mode write no bias. */
  bias?: 'steps' | 'zero' | 'none';
  mode?: GroupableFrame['exposureMode'];
  prefix?: string;
};

/** Frames of one bracket; `evs` are brighter (+) or darker (-) against the base. */
function shoot({
  at,
  evs,
  gap = 0.5,
  base = 8,
  camera = 'A',
  bias = 'steps',
  mode = null,
  prefix = '',
}: Shoot): GroupableFrame[] {
  return evs.map((step, index) => ({
    id: `${prefix}${camera}-${at}-${index}`,
    takenAt: new Date(DAY + (at + index * gap) * 1000).toISOString(),
    ev: base - step,
    exposureBias: bias === 'none' ? null : bias === 'zero' ? 0 : step,
    width: 6000,
    height: 4000,
    camera,
    exposureMode: mode,
  }));
}

function ids(frames: readonly GroupableFrame[]): string[] {
  return frames.map((frame) => frame.id);
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = createRandom(seed);
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** Expects the brackets to come out whole and apart, whatever order the frames arrive in. */
function expectScenes(brackets: readonly GroupableFrame[][]): void {
  const frames = brackets.flat();
  for (let seed = 0; seed < 20; seed++)
    expect(groupFrames(shuffled(frames, seed)).scenes).toEqual(brackets.map(ids));
}

const PATTERNS: readonly (readonly [string, readonly number[]])[] = [
  ['0 - +', [0, -2, 2]],
  ['- 0 +', [-2, 0, 2]],
  ['+ 0 -', [2, 0, -2]],
  ['thirds', [0, -1 / 3, 1 / 3]],
  ['two frames', [-2, 0]],
  ['five, 0 - + order', [0, -2, 2, -4, 4]],
  ['five, dark to bright', [-4, -2, 0, 2, 4]],
  ['seven', [0, -1, 1, -2, 2, -3, 3]],
  ['nine', [-4, -3, -2, -1, 0, 1, 2, 3, 4]],
];

describe.each(PATTERNS)('brackets of %s', (_name, evs) => {
  it('are found when far apart', () => {
    expectScenes([shoot({ at: 0, evs }), shoot({ at: 60, evs }), shoot({ at: 120, evs })]);
  });

  it.each(['steps', 'zero', 'none'] as const)(
    'are separated when shot back to back (bias %s)',
    (bias) => {
      const length = evs.length * 0.5;
      expectScenes([0, 1, 2].map((turn) => shoot({ at: turn * length, evs, bias })));
    },
  );

  it('are separated back to back when the camera metered again in between', () => {
    const length = evs.length * 0.5;
    expectScenes([0, 1].map((turn) => shoot({ at: turn * length, evs, base: 8 + turn * 0.7 })));
  });
});

describe('grouping', () => {
  it('separates re-metered manual brackets by their repeated pattern alone', () => {
    const evs = [0, -2, 2];
    expectScenes([
      shoot({ at: 0, evs, bias: 'none' }),
      shoot({ at: 1.5, evs, bias: 'none', base: 9.3 }),
    ]);
  });

  it('keeps equal exposures apart', () => {
    expectScenes([0, 1, 2, 3].map((at) => shoot({ at, evs: [0] })));
  });

  it('keeps singles between brackets', () => {
    expectScenes([
      shoot({ at: 0, evs: [0, -2, 2] }),
      shoot({ at: 20, evs: [0], base: 11 }),
      shoot({ at: 40, evs: [0, -2, 2] }),
      shoot({ at: 60, evs: [0], base: 6 }),
    ]);
  });

  it('does not take a single right after a bracket into it', () => {
    expectScenes([shoot({ at: 0, evs: [0, -2, 2] }), shoot({ at: 2.5, evs: [0], base: 8.7 })]);
    expectScenes([
      shoot({ at: 0, evs: [0, -2, 2], bias: 'none' }),
      shoot({ at: 2.5, evs: [0], base: 8.7, bias: 'none' }),
    ]);
  });

  it('does not take a single right before a bracket into it', () => {
    expectScenes([
      shoot({ at: 0, evs: [0], base: 8.7, bias: 'none' }),
      shoot({ at: 1, evs: [0, -2, 2], bias: 'none' }),
    ]);
  });

  it('keeps casual automatic shots apart although their exposures differ', () => {
    expectScenes(
      [0, 1, 2].map((at) => shoot({ at, evs: [0], base: 8 + at, mode: 'auto', bias: 'zero' })),
    );
  });

  it('takes a hand-set bracket in manual mode, uneven steps included', () => {
    expectScenes([shoot({ at: 0, evs: [0, -2, 3], bias: 'zero', mode: 'manual', gap: 2 })]);
  });

  it('tells two cameras apart that shoot at the same time', () => {
    const first = shoot({ at: 0, evs: [0, -2, 2], camera: 'A' });
    const second = shoot({ at: 0.25, evs: [0, -2, 2], camera: 'B' });
    expectScenes([first, second]);
  });

  it('tells sizes apart', () => {
    const [small, ...rest] = shoot({ at: 0, evs: [0, -2, 2] });
    if (small === undefined) throw new Error('a bracket has frames');
    const { scenes } = groupFrames([{ ...small, width: 3000, height: 2000 }, ...rest]);
    expect(scenes).toEqual([[small.id], ids(rest)]);
  });

  it('allows for long exposures between two starts', () => {
    const frames = shoot({ at: 0, evs: [0, 2, 4], gap: 9 });
    expect(groupFrames(frames).scenes).toHaveLength(3);
    expect(groupFrames(frames.map((frame) => ({ ...frame, exposureTime: 8 }))).scenes).toEqual([
      ids(frames),
    ]);
  });

  it('orders frames of the same whole second by their numbered names', () => {
    const frames = [-2, 0, 2].map((step, index) => ({
      id: `IMG_${index + 9}.jpg`,
      takenAt: '2026-05-01T10:00:00.000Z',
      ev: 8 - step,
      exposureBias: step,
      width: 600,
      height: 400,
      camera: 'A',
    }));
    expect(groupFrames(shuffled(frames, 4)).scenes).toEqual([
      ['IMG_9.jpg', 'IMG_10.jpg', 'IMG_11.jpg'],
    ]);
  });

  it('leaves frames without date or exposure alone and says so', () => {
    const bracket = shoot({ at: 0, evs: [0, -2, 2] });
    const blank = {
      id: 'x',
      takenAt: null,
      ev: null,
      exposureBias: null,
      width: 6000,
      height: 4000,
      camera: null,
    };
    const undated = { ...blank, id: 'a', ev: 8 };
    const broken = { ...blank, id: 'm', ev: 8, takenAt: 'yesterday' };
    const { scenes, ungrouped, notes } = groupFrames([blank, ...bracket, undated, broken]);
    expect(scenes).toEqual([ids(bracket)]);
    expect(ungrouped).toEqual(['a', 'm', 'x']);
    expect(notes.map(({ id, code }) => [id, code]).sort()).toEqual([
      ['a', 'no_data'],
      ['m', 'no_data'],
      ['x', 'no_data'],
    ]);
  });

  it('never makes a scene of more than nine frames', () => {
    const frames = shoot({ at: 0, evs: Array.from({ length: 14 }, (_, i) => i / 3) });
    const { scenes, notes } = groupFrames(frames);
    expect(scenes.map((scene) => scene.length)).toEqual([9, 5]);
    expect(notes.map(({ id }) => id)).toEqual(ids(frames));
    expect(notes[0]).toEqual({
      id: frames[0]?.id,
      code: 'split',
      message:
        'It is one of 14 exposures that seem to belong together. A scene holds 9 at most, so they were made into 2 scenes.',
    });
  });

  it('tells of a split without counting what is endless', () => {
    const frames = shoot({ at: 0, evs: Array.from({ length: 80 }, (_, i) => i / 3) });
    const { scenes, notes } = groupFrames(frames);
    expect(Math.max(...scenes.map(({ length }) => length))).toBe(9);
    expect(notes.map(({ id }) => id)).toEqual(ids(frames).slice(0, 72));
    expect(notes[0]?.message).toBe(
      'It is one of 36 or more exposures that seem to belong together. A scene holds 9 at most, so they were made into several scenes.',
    );
  });

  it('says nothing of scenes that end by themselves, however full', () => {
    const evs = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
    const frames = [0, 1, 2].flatMap((turn) => shoot({ at: turn * 4.5, evs }));
    expect(groupFrames(frames).notes).toEqual([]);
  });

  it.each([4, 5, 7])('keeps exposures together that lie %i EV apart', (step) => {
    const frames = shoot({ at: 0, evs: [0, -step, step] });
    expect(groupFrames(frames)).toMatchObject({ scenes: [ids(frames)], notes: [] });
  });

  it('names each frame in one place', () => {
    const bracket = shoot({ at: 0, evs: [0, -2, 2] });
    const blank = { takenAt: null, ev: null, exposureBias: null, camera: null };
    const pair = ['DSC_1.NEF', 'DSC_1.JPG'].map((id) => ({
      ...{ ...blank, id, name: id, width: 6000, height: 4000 },
    }));
    const { scenes, ungrouped, twins } = groupFrames([...pair, ...bracket]);
    expect(twins).toEqual([{ spare: 'DSC_1.NEF', used: 'DSC_1.JPG' }]);
    expect(scenes).toEqual([ids(bracket)]);
    expect(ungrouped).toEqual(['DSC_1.JPG', 'DSC_1.NEF']);
  });

  it('has nothing to say about nothing', () => {
    expect(groupFrames([])).toEqual({ scenes: [], ungrouped: [], twins: [], notes: [] });
  });

  it('sorts a whole day: brackets, singles and two cameras, in any order', () => {
    const day = Array.from({ length: 30 }, (_, i) =>
      shoot({
        at: i * 7,
        evs: PATTERNS[i % PATTERNS.length]?.[1] ?? [0],
        camera: i % 3 === 0 ? 'B' : 'A',
        base: 5 + (i % 6),
      }),
    );
    expectScenes(day);
  });
});
