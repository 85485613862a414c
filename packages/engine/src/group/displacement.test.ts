import { describe, expect, it } from 'vitest';
import { type CameraPose, makeRoom, shootRoom } from '../testing/rooms.ts';
import { findDisplacement } from './displacement.ts';
import { fingerprintOf, readFingerprint } from './fingerprint.ts';
import { fitSimilarity } from './fit-similarity.ts';
import { bestShift, type View, viewOf } from './view.ts';

function viewAt(seed: number, pose: CameraPose, ev = 0): View {
  const print = readFingerprint(fingerprintOf(shootRoom(makeRoom(seed), { ...pose, ev })));
  if (print === null) throw new Error('a picture has a fingerprint');
  return viewOf(print);
}

function displacementOf(a: View, b: View) {
  const around = { x: 0, y: 0 };
  const whole = bestShift(a.fine(), b.fine(), { around, reach: { x: 5, y: 5 }, step: 1 });
  return findDisplacement(a.fine(), b.fine(), whole.shift);
}

describe('displacement of a view', () => {
  it.each<[string, CameraPose]>([
    ['nothing', {}],
    ['a shift', { right: 0.04, down: -0.03 }],
    ['a step nearer', { zoom: 1.03 }],
    ['a turn', { turn: 0.03 }],
    ['all at once', { right: -0.02, down: 0.02, zoom: 0.98, turn: -0.02 }],
  ])('finds %s', (_name, pose) => {
    const { right = 0, down = 0, zoom = 1, turn = 0 } = pose;
    for (const ev of [0, -3]) {
      const found = displacementOf(viewAt(7, {}), viewAt(7, pose, ev));
      // A camera that moves right moves the picture left.
      expect(found.x).toBeCloseTo(-right * 64, 0);
      expect(found.y).toBeCloseTo(-down * 43, 0);
      expect(Math.abs(found.growth - (zoom - 1))).toBeLessThan(0.012);
      expect(Math.abs(found.turn + turn)).toBeLessThan(0.012);
      expect(found.spread).toBeLessThan(0.5);
      expect(found.score).toBeGreaterThan(0.8);
    }
  });

  it('has parts that disagree when the room is another one', () => {
    const found = displacementOf(viewAt(7, {}), viewAt(8, {}));
    expect(found.score).toBeLessThan(0.6);
    expect(found.spread).toBeGreaterThan(0.8);
  });
});

describe('fitting parts', () => {
  const truth = { x: 0.4, y: -0.7, growth: 0.02, turn: 0.01 };
  const parts = [-24, -8, 8, 24].flatMap((x) =>
    [-14, 0, 14].map((y) => ({
      x,
      y,
      right: truth.x + truth.growth * x - truth.turn * y,
      rightWeight: 100,
      down: truth.y + truth.growth * y + truth.turn * x,
      downWeight: 100,
    })),
  );

  it('finds what made them', () => {
    const fit = fitSimilarity(parts);
    expect(fit.x).toBeCloseTo(truth.x, 2);
    expect(fit.y).toBeCloseTo(truth.y, 2);
    expect(fit.growth).toBeCloseTo(truth.growth, 3);
    expect(fit.turn).toBeCloseTo(truth.turn, 3);
    expect(fit.spread).toBeLessThan(0.02);
  });

  it('leaves one that moved by itself aside', () => {
    const [first, ...others] = parts;
    if (first === undefined) throw new Error('there are parts');
    const fit = fitSimilarity([{ ...first, right: 3, down: 3 }, ...others]);
    expect(fit.growth).toBeCloseTo(truth.growth, 2);
    expect(fit.x).toBeCloseTo(truth.x, 0);
    expect(fit.spread).toBeGreaterThan(0.5);
  });

  it('says nothing moved when there is nothing to say', () => {
    expect(fitSimilarity([])).toEqual({ x: 0, y: 0, growth: 0, turn: 0, spread: 0 });
    const silent = parts.map((part) => ({ ...part, rightWeight: 0, downWeight: 0 }));
    expect(fitSimilarity(silent)).toMatchObject({ growth: 0, turn: 0, spread: 0 });
  });
});
