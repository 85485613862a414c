import { describe, expect, it } from 'vitest';
import type { Picture8 } from '../encode/encode-image.ts';
import { makeRoom, type Room, type RoomShot, shootRoom } from '../testing/rooms.ts';
import { exposureStep } from './exposure-step.ts';
import { fingerprintOf, readFingerprint } from './fingerprint.ts';
import { compareViews, glance, isContradiction, isPromising } from './same-view.ts';
import { type View, viewOf } from './view.ts';

const SEEDS = [1, 2, 3, 4];

function viewOfPicture(picture: Picture8): View {
  const print = readFingerprint(fingerprintOf(picture));
  if (print === null) throw new Error('a picture has a fingerprint');
  return viewOf(print);
}

const views = new Map<string, View>();

function seen(seed: number, shot: RoomShot = {}): View {
  const key = JSON.stringify([seed, shot]);
  const view = views.get(key) ?? viewOfPicture(shootRoom(makeRoom(seed), shot));
  views.set(key, view);
  return view;
}

describe('the same view', () => {
  it.each([-5, -3, -1, 1, 2])('is known at %i EV', (ev) => {
    for (const seed of SEEDS)
      expect(compareViews(seen(seed), seen(seed, { ev, noise: 9 }))).toBe('same');
  });

  it('is known across six stops between the two', () => {
    for (const seed of SEEDS)
      expect(compareViews(seen(seed, { ev: -4 }), seen(seed, { ev: 2 }))).toBe('same');
  });

  it.each<RoomShot>([
    { right: 0.05, down: 0.04 },
    { turn: 0.03, zoom: 1.02 },
    { right: -0.04, turn: -0.02, zoom: 0.98, ev: -2 },
  ])('is known when the hand moved: %o', (shot) => {
    for (const seed of SEEDS) expect(compareViews(seen(seed), seen(seed, shot))).toBe('same');
  });

  it('is the same from both sides', () => {
    for (const seed of SEEDS) {
      const [a, b] = [seen(seed), seen(seed, { ev: -2, right: 0.03 })];
      expect(compareViews(b, a)).toBe(compareViews(a, b));
    }
  });
});

describe('another view', () => {
  it.each<RoomShot>([
    { right: 0.15 },
    { down: 0.16 },
    { right: 0.2, ev: -2 },
    { right: -0.2, down: 0.2 },
    { down: -0.3, ev: 2 },
    // Just beyond what a hand does.
    { right: 0.115 },
    { down: 0.115 },
    { zoom: 1.08 },
    { zoom: 0.93 },
    { turn: 0.08 },
    { zoom: 1.18 },
    { zoom: 1.3, ev: -2 },
    { zoom: 0.8 },
    { turn: 0.2 },
  ])('of the same room is not the same: %o', (shot) => {
    for (const seed of SEEDS) expect(compareViews(seen(seed), seen(seed, shot))).not.toBe('same');
  });

  it.each([0.2, 0.25])('is known between blinds that lie on themselves, %d beside', (right) => {
    for (const seed of SEEDS) {
      const things = makeRoom(seed);
      const blinds: Room = (u, v) => {
        const between = Math.floor(7 * u + 70) % 5 === 0 && Math.floor(5 * v + 50) % 4 === 1;
        const slat = (u / right + 10) % 1 < 0.5 ? 0.6 : 0.1;
        return between ? things(u, v) : (slat + 0.1 * Math.sin(40 * v) + 0.1) * (1 + 0.2 * v);
      };
      const [here, beside] = [{}, { right }].map((shot) => viewOfPicture(shootRoom(blinds, shot)));
      if (here === undefined || beside === undefined) throw new Error('there are two views');
      expect(isPromising(glance(here, beside))).toBe(true);
      expect(compareViews(here, beside)).toBe('different');
      expect(compareViews(here, here)).toBe('same');
    }
  });

  it('of another room is different, and a glance says so', () => {
    for (const seed of SEEDS) {
      const [a, b] = [seen(seed), seen(seed + 10, { ev: 1 })];
      expect(compareViews(a, b)).toBe('different');
      expect(isPromising(glance(a, b))).toBe(false);
      expect(isContradiction(glance(a, b))).toBe(true);
    }
  });
});

describe('frames that show nothing', () => {
  const flat = (code: number, width = 192, height = 128): View =>
    viewOfPicture({ width, height, data: new Uint8Array(width * height * 3).fill(code) });

  it.each([0, 128, 255])('are unclear against everything: code %i', (code) => {
    expect(compareViews(flat(code), flat(255 - code))).toBe('unclear');
    expect(compareViews(flat(code), seen(1))).toBe('unclear');
    expect(compareViews(flat(code), flat(code))).toBe('unclear');
  });

  it.each([
    [1, 1],
    [2, 1],
    [1, 3],
    [5, 4],
  ])('%i x %i pixels are no reason to fail', (width, height) => {
    expect(compareViews(flat(10, width, height), flat(200, width, height))).toBe('unclear');
  });
});

describe('exposure step', () => {
  it.each([-2, -1, 1, 2])('is measured: %i EV', (ev) => {
    for (const seed of SEEDS)
      expect(exposureStep(seen(seed).print, seen(seed, { ev }).print)).toBeCloseTo(ev, 0);
  });

  it('has the right sign between a white and a black frame', () => {
    const [white, black] = [seen(1, { ev: 12 }).print, seen(1, { ev: -20 }).print];
    expect(exposureStep(white, black)).toBeLessThan(-8);
  });
});
