import { expect, it } from 'vitest';
import type { Enhancement, Photo } from '../trpc.ts';
import { chooseSides, nextVersion, sidesOf } from './sides.ts';

const photo = (id: string, ev: number, type = 'image/jpeg') =>
  ({
    ...{ id, ev, type, name: `${id}.jpg`, exposureBias: null, exposureTime: null },
    ...{ width: 600, height: 400 },
    urls: { thumb: null, preview: `/${id}/preview`, original: `/${id}/original` },
  }) as Photo;
const version = (id: string, preset: string) =>
  ({
    ...{ id, preset, width: 300, height: 200, report: null, crop: null },
    urls: { thumb: '', preview: `/${id}/preview`, full: `/${id}/full` },
  }) as Enhancement;

const photos = [photo('bright', 8), photo('dark', 12), photo('raw', 10, 'image/x-canon-cr2')];
const versions = [version('new', 'bright'), version('old', 'natural')];
const [newest, oldest] = versions;
const scene = { photos, result: oldest ?? null };
const sides = sidesOf(scene, versions, (name) => name.toUpperCase());

it('versions have numbers that stay, the result and the middle exposure are called so', () => {
  expect(sides.map(({ id, picture: { label } }) => [id, label])).toEqual([
    ['new', 'Version 2 · BRIGHT'],
    ['old', 'Result'],
    ['dark', 'Original −2 EV'],
    ['raw', 'Original'],
    ['bright', 'Original +2 EV'],
  ]);
});

it('of a RAW file the preview is all that is shown', () => {
  const fullOf = (id: string) => sides.find((side) => side.id === id)?.picture.full;
  expect([fullOf('raw'), fullOf('dark')]).toEqual(['/raw/preview', '/dark/original']);
});

it('any two can be chosen; what is gone gives way to original and result', () => {
  const ids = (left: string | null, right: string | null) => {
    const chosen = chooseSides(sides, scene, { left, right });
    return [chosen.left?.id, chosen.right?.id];
  };
  expect(ids(null, null)).toEqual(['raw', 'old']);
  expect(ids('new', 'dark')).toEqual(['new', 'dark']);
  expect(ids('gone', 'new')).toEqual(['raw', 'new']);
  expect(
    chooseSides([], { photos: [], result: newest ?? null }, { left: null, right: null }),
  ).toEqual({ left: undefined, right: undefined });
});

it('goes through the versions and begins again', () => {
  expect(nextVersion(sides, 'new')).toBe('old');
  expect(nextVersion(sides, 'old')).toBe('new');
  expect(nextVersion(sides, 'dark')).toBe('new');
  expect(nextVersion([], undefined)).toBe(undefined);
});
