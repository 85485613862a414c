import { describe, expect, it } from 'vitest';
import { makeRoom, shootRoom } from '../testing/rooms.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type GroupableFrame, groupFrames } from './group-frames.ts';

function frame(name: string, change: Partial<GroupableFrame> = {}): GroupableFrame {
  return {
    id: name,
    takenAt: '2026-05-01T10:00:00.250Z',
    ev: 8,
    exposureBias: null,
    width: 6000,
    height: 4000,
    camera: 'Canon EOS R5',
    ...change,
  };
}

const twinsOf = (frames: readonly GroupableFrame[]) => groupFrames(frames).twins;

describe('RAW + JPEG pairs', () => {
  const bracket = [0, -2, 2].flatMap((ev, i) => {
    const taken = { takenAt: `2026-05-01T10:00:0${i}.250Z`, ev: 8 - ev };
    const raw = frame(`IMG_${i}.CR3`, { ...taken, width: 6024, height: 4022 });
    return [frame(`IMG_${i}.JPG`, taken), raw];
  });

  it('are one frame each, and the JPEG is used', () => {
    const { scenes, twins, notes } = groupFrames(bracket);
    expect(scenes).toEqual([
      ['IMG_0.JPG', 'IMG_0.CR3', 'IMG_1.JPG', 'IMG_1.CR3', 'IMG_2.JPG', 'IMG_2.CR3'],
    ]);
    expect(twins).toEqual([0, 1, 2].map((i) => ({ spare: `IMG_${i}.CR3`, used: `IMG_${i}.JPG` })));
    expect(notes[0]).toEqual({
      id: 'IMG_0.CR3',
      code: 'twin',
      message: 'It is the same exposure as "IMG_0.JPG", which is used instead.',
    });
  });

  it('are used as RAW when asked for', () => {
    const { scenes, twins } = groupFrames(bracket, { prefer: 'raw' });
    expect(scenes[0]?.[0]).toBe('IMG_0.CR3');
    expect(twins[0]).toEqual({ spare: 'IMG_0.JPG', used: 'IMG_0.CR3' });
  });

  it('do not count against the longest bracket', () => {
    expect(groupFrames(bracket, { maxFrames: 3 }).scenes).toHaveLength(1);
  });

  it('are known by folder and case of their names, or without EXIF', () => {
    const blank = { takenAt: null, ev: null, camera: null };
    expect(twinsOf([frame('jpg/img_7.jpeg', blank), frame('raw/IMG_7.dng')])).toHaveLength(1);
  });

  it('are known by the instant when a file was renamed', () => {
    expect(twinsOf([frame('kitchen.jpg'), frame('DSC_1.NEF')])).toHaveLength(1);
    expect(twinsOf([frame('kitchen.jpg'), frame('other', { raw: true })])).toHaveLength(1);
  });

  it.each<[string, GroupableFrame, GroupableFrame]>([
    ['two JPEGs', frame('a.jpg'), frame('A.JPEG')],
    ['another camera', frame('a.jpg'), frame('a.cr3', { camera: 'NIKON D3' })],
    ['another time', frame('a.jpg'), frame('a.cr3', { takenAt: '2026-05-01T10:00:09.250Z' })],
    ['another exposure', frame('a.jpg'), frame('a.cr3', { ev: 9 })],
    [
      'whole seconds only, and other names',
      frame('a.jpg', { takenAt: '2026-05-01T10:00:00.000Z' }),
      frame('b.cr3', { takenAt: '2026-05-01T10:00:00.000Z' }),
    ],
    [
      'another picture',
      frame('a.jpg', { takenAt: null, fingerprint: fingerprintOf(shootRoom(makeRoom(1))) }),
      frame('a.cr3', { takenAt: null, fingerprint: fingerprintOf(shootRoom(makeRoom(2))) }),
    ],
  ])('are none: %s', (_name, a, b) => {
    expect(twinsOf([a, b])).toEqual([]);
  });
});
