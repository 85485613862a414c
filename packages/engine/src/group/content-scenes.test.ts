import { describe, expect, it } from 'vitest';
import { createRandom } from '../testing/random.ts';
import { makeRoom, type RoomShot, shootRoom } from '../testing/rooms.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type GroupableFrame, groupFrames } from './group-frames.ts';

const prints = new Map<string, string>();

function printOf(seed: number, shot: RoomShot): string {
  const key = JSON.stringify([seed, shot]);
  const print = prints.get(key) ?? fingerprintOf(shootRoom(makeRoom(seed), shot));
  prints.set(key, print);
  return print;
}

/** A frame of which nothing is known but its pixels. */
function bare(id: string, seed: number, shot: RoomShot = {}): GroupableFrame {
  return {
    id,
    takenAt: null,
    ev: null,
    exposureBias: null,
    width: 6000,
    height: 4000,
    camera: null,
    fingerprint: printOf(seed, shot),
  };
}

/** The same with a date and an exposure. */
function timed(frame: GroupableFrame, seconds: number, ev: number): GroupableFrame {
  const takenAt = new Date(Date.parse('2026-05-01T10:00:00Z') + seconds * 1000).toISOString();
  return { ...frame, takenAt, ev, exposureTime: 2 ** (3 - ev) };
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = createRandom(seed);
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

const scenesOf = (frames: readonly GroupableFrame[], maxFrames = 9) =>
  groupFrames(frames, { maxFrames }).scenes;

describe('frames without any data', () => {
  const rooms = [1, 2, 3, 4, 5];
  const brackets = rooms.flatMap((seed) =>
    [0, -2, 2].map((ev, i) =>
      bare(`${seed}-${i}`, seed, { ev, right: 0.01 * i, turn: 0.005 * i, noise: i }),
    ),
  );

  it('are sorted by what they show, whatever order they come in', () => {
    const expected = rooms.map((seed) => [`${seed}-0`, `${seed}-1`, `${seed}-2`]);
    for (let seed = 0; seed < 3; seed++)
      expect(groupFrames(shuffled(brackets, seed))).toEqual({
        scenes: expected,
        ungrouped: [],
        twins: [],
        notes: [],
      });
  });

  it('are sorted the same when their names say nothing', () => {
    const renamed = brackets.map((frame, i) => ({ ...frame, name: `${(i * 7919) % 97}.jpg` }));
    const scenes = scenesOf(renamed).map((scene) => scene.toSorted());
    expect(scenes.toSorted()).toEqual(rooms.map((seed) => [`${seed}-0`, `${seed}-1`, `${seed}-2`]));
  });

  it('stay apart when they show the room from another spot', () => {
    const beside = [0, -2].map((ev) => bare(`beside${ev}`, 1, { ev, right: 0.2 }));
    const nearer = [0, -2].map((ev) => bare(`nearer${ev}`, 1, { ev, zoom: 1.25 }));
    const scenes = scenesOf([...brackets.slice(0, 3), ...beside, ...nearer]);
    expect(scenes).toEqual([
      ['1-0', '1-1', '1-2'],
      ['beside-2', 'beside0'],
      ['nearer-2', 'nearer0'],
    ]);
  });

  it('stay apart when their sizes differ', () => {
    const [first, ...others] = brackets.slice(0, 3) as [GroupableFrame, ...GroupableFrame[]];
    expect(scenesOf([{ ...first, width: 3000, height: 2000 }, ...others])).toEqual([
      ['1-0'],
      ['1-1', '1-2'],
    ]);
  });

  it('are not a bracket when all have one exposure', () => {
    const same = [1, 2, 3].map((noise) => bare(`n${noise}`, 1, { noise }));
    expect(scenesOf(same)).toEqual([['n1'], ['n2'], ['n3']]);
  });

  it('are two brackets when the exposures come twice', () => {
    const twice = [0, -2, 2, 0, -2, 2].map((ev, i) => bare(`f${i}`, 1, { ev, noise: i }));
    expect(scenesOf(twice)).toEqual([
      ['f0', 'f1', 'f2'],
      ['f3', 'f4', 'f5'],
    ]);
  });

  it('are dealt out when there are more than a scene may have, each part from dark to bright', () => {
    const many = [-3, -2, -1, 0, 1, 2].map((ev, i) => bare(`f${i}`, 1, { ev }));
    expect(scenesOf(many, 3)).toEqual([
      ['f0', 'f2', 'f4'],
      ['f1', 'f3', 'f5'],
    ]);
  });
});

describe('frames with data', () => {
  it('are joined by frames of their bracket that lost theirs', () => {
    const frames = [0, -2, 2].map((ev, i) => timed(bare(`a${i}`, 1, { ev }), i, 8 - ev));
    const { takenAt: _takenAt, ev: _ev, ...lost } = bare('lost', 1, { ev: -4 });
    const { scenes } = groupFrames([...frames, { ...lost, takenAt: null, ev: null }]);
    expect(scenes).toEqual([['a0', 'a1', 'a2', 'lost']]);
  });

  it('never get more than a scene may have by that', () => {
    const frames = [0, -2, 2].map((ev, i) => timed(bare(`a${i}`, 1, { ev }), i, 8 - ev));
    expect(scenesOf([...frames, bare('lost', 1, { ev: -4 })], 3)).toEqual([
      ['a0', 'a1', 'a2'],
      ['lost'],
    ]);
  });

  it('are sorted by what they show when the clock stood still', () => {
    const frames = [1, 2, 3].flatMap((seed) =>
      [0, -2].map((ev, i) => timed(bare(`${seed}-${i}`, seed, { ev }), 0, 8 + seed / 3 - ev)),
    );
    const { scenes, notes } = groupFrames(shuffled(frames, 3));
    expect(scenes.toSorted()).toEqual([1, 2, 3].map((seed) => [`${seed}-0`, `${seed}-1`]));
    expect(new Set(notes.map(({ code }) => code))).toEqual(new Set(['other_view']));
  });

  it('are split when a burst shows two rooms', () => {
    const frames = [1, 1, 2].map((seed, i) => timed(bare(`f${i}`, seed, { ev: -i }), i, 8 + i));
    expect(scenesOf(frames)).toEqual([['f0', 'f1'], ['f2']]);
  });

  it('are joined minutes apart when they show the same at other exposures', () => {
    const frames = [0, -2, 2].map((ev, i) => timed(bare(`f${i}`, 1, { ev }), i * 120, 8 - ev));
    expect(scenesOf(frames)).toEqual([['f0', 'f1', 'f2']]);
    const blind = frames.map(({ fingerprint: _fingerprint, ...frame }) => frame);
    expect(scenesOf(blind)).toEqual([['f0'], ['f1'], ['f2']]);
  });

  it.each<[string, (frames: GroupableFrame[]) => GroupableFrame[]]>([
    [
      'they are hours apart',
      ([a, b]) => [a, timed(b as GroupableFrame, 7200, 10)] as GroupableFrame[],
    ],
    ['the exposure is the same', (frames) => frames.map((frame) => ({ ...frame, ev: 8 }))],
    [
      'the camera metered each anew',
      (frames) =>
        frames.map((frame) => ({ ...frame, exposureMode: 'auto' as const, exposureBias: 0 })),
    ],
  ])('are left apart when %s', (_name, change) => {
    const frames = [0, -2].map((ev, i) => timed(bare(`f${i}`, 1, { ev }), i * 60, 8 - ev));
    expect(scenesOf(change(frames))).toEqual([['f0'], ['f1']]);
  });
});
