import { describe, expect, it } from 'vitest';
import type { Picture8 } from '../encode/encode-image.ts';
import { makeRoom, type RoomShot, shootRoom } from '../testing/rooms.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type GroupableFrame, groupFrames } from './group-frames.ts';

const flat = (code: number): string => {
  const picture: Picture8 = { width: 128, height: 86, data: new Uint8Array(128 * 86 * 3) };
  picture.data.fill(code);
  return fingerprintOf(picture);
};
const WHITE = flat(255);
const BLACK = flat(0);

/** What each frame of an upload is: a shot of a room, or blank. Names count up. */
type What = { room: number; shot: RoomShot } | string;

const prints = new Map<string, string>();

function upload(whats: readonly What[]): GroupableFrame[] {
  return whats.map((what, i) => {
    const key = JSON.stringify(what);
    const print =
      prints.get(key) ??
      (typeof what === 'string' ? what : fingerprintOf(shootRoom(makeRoom(what.room), what.shot)));
    prints.set(key, print);
    return {
      id: `f${i + 1}`,
      takenAt: null,
      ev: null,
      exposureBias: null,
      width: 600,
      height: 400,
      camera: null,
      fingerprint: print,
    };
  });
}

/** A bracket in the order - 0 +; `hit` is blank instead. */
function bracket(room: number, hit?: { at: number; print: string }): What[] {
  return [-2, 0, 2].map((ev, i) => (hit?.at === i ? hit.print : { room, shot: { ev } }));
}

const sizesOf = (whats: readonly What[]) =>
  groupFrames(upload(whats)).scenes.map((scene) => scene.map((id) => Number(id.slice(1))));

describe('a blank frame', () => {
  it('belongs to the bracket that lies around it', () => {
    const five = [-2, -1, 0, 1].map((ev) => ({ room: 1, shot: { ev } }));
    const frames = [...five.slice(0, 2), BLACK, ...five.slice(2), ...bracket(2), ...bracket(3)];
    expect(sizesOf(frames)).toEqual([
      [1, 2, 3, 4, 5],
      [6, 7, 8],
      [9, 10, 11],
    ]);
  });

  it.each([
    ['white', { at: 2, print: WHITE }],
    ['black', { at: 0, print: BLACK }],
  ])('that is %s completes the bracket it is missing from', (_name, hit) => {
    const frames = [...bracket(1), ...bracket(2), ...bracket(3, hit), ...bracket(4)];
    expect(sizesOf(frames)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
      [10, 11, 12],
    ]);
  });

  it('next to another one goes its own way', () => {
    const frames = [
      ...bracket(1),
      ...bracket(2, { at: 2, print: WHITE }),
      ...bracket(3, { at: 0, print: BLACK }),
      ...bracket(4),
      ...bracket(5),
    ];
    expect(sizesOf(frames).map((scene) => scene.length)).toEqual([3, 3, 3, 3, 3]);
  });

  it('belongs to the only scene there is', () => {
    expect(sizesOf(bracket(1, { at: 2, print: WHITE }))).toEqual([[1, 2, 3]]);
  });

  it.each<[string, What[]]>([
    ['beside a single photo', [{ room: 1, shot: {} }, WHITE]],
    ['between complete brackets', [...bracket(1), ...bracket(2), WHITE, ...bracket(3)]],
    [
      'of the wrong kind',
      [...bracket(1), ...bracket(2), ...bracket(3, { at: 2, print: BLACK }), ...bracket(4)],
    ],
    ['without a usual bracket', [...bracket(1).slice(0, 2), WHITE, { room: 2, shot: {} }]],
    [
      'in a longer row of them',
      [...bracket(1), ...bracket(2), ...bracket(3).slice(0, 2), WHITE, WHITE, WHITE, ...bracket(4)],
    ],
  ])('%s is left alone', (_name, whats) => {
    const frames = upload(whats);
    const { scenes, ungrouped, notes } = groupFrames(frames);
    const blanks = frames.filter(
      ({ fingerprint }) => fingerprint === WHITE || fingerprint === BLACK,
    );
    expect(new Set(ungrouped)).toEqual(new Set(blanks.map(({ id }) => id)));
    for (const { id } of blanks) expect(scenes.flat()).not.toContain(id);
    const code = blanks[0]?.fingerprint === WHITE ? 'too_bright' : 'too_dark';
    expect(notes.map((note) => note.code)).toEqual(blanks.map(() => code));
  });

  it('is left alone when names are not in the order of shooting', () => {
    const frames = upload([...bracket(1), ...bracket(2), ...bracket(3, { at: 2, print: WHITE })]);
    const names = [5, 1, 8, 3, 7, 2, 9, 4, 6];
    const mixed = frames.map((frame, i) => ({ ...frame, name: `${names[i]}.jpg` }));
    expect(groupFrames(mixed).ungrouped).toEqual(['f9']);
  });

  it('is none that has a date: that says enough', () => {
    const frames = upload(bracket(1, { at: 2, print: WHITE })).map((frame, i) => ({
      ...frame,
      takenAt: `2026-05-01T10:00:0${i}.500Z`,
      ev: 8 - i,
    }));
    expect(groupFrames(frames)).toMatchObject({ scenes: [['f1', 'f2', 'f3']], ungrouped: [] });
  });
});
