import { describe, expect, it } from 'vitest';
import type { Homography, Overview } from '../plan/plan.ts';
import { pictureOf } from '../testing/fixtures.ts';
import { renderInterior, type Scene } from '../testing/interior.ts';
import { overviewOf, overviewOfPicture, viewOfScene } from '../testing/views.ts';
import { alignOverviews } from './align-overviews.ts';
import { apart, followedBy, IDENTITY, inverted } from './homography.ts';

const size = { width: 480, height: 320 };
const margin = 40;
const room = renderInterior(size.width + 2 * margin, size.height + 2 * margin, 3);

/** What the camera sees of the room when `toFrame` takes a pixel of the unmoved view to one of this. */
function seen(toFrame: Homography, scene: Scene = room): Scene {
  const inner: Homography = [1, 0, margin, 0, 1, margin, 0, 0, 1];
  return viewOfScene(scene, followedBy(inverted(toFrame), inner), size);
}

/** Turned about the middle by `degrees`, enlarged by `percent`, then shifted, with a little tilt. */
function movement(x: number, y: number, turn = { degrees: 0, percent: 0, tilt: 0 }): Homography {
  const [u, v] = [size.width / 2, size.height / 2];
  const angle = (turn.degrees * Math.PI) / 180;
  const [c, s] = [
    Math.cos(angle) * (1 + turn.percent / 100),
    Math.sin(angle) * (1 + turn.percent / 100),
  ];
  const toMiddle: Homography = [1, 0, -u, 0, 1, -v, 0, 0, 1];
  const back: Homography = [c, -s, u + x, s, c, v + y, 0, 0, 1];
  return followedBy(followedBy(toMiddle, [1, 0, 0, 0, 1, 0, turn.tilt, -turn.tilt, 1]), back);
}

const still = seen(IDENTITY);
const other = renderInterior(room.width, room.height, 9);
const otherRoom: Scene = { ...other, radiance: mirrored(other) };

function mirrored({ width, height, radiance }: Scene): Float32Array {
  const out = new Float32Array(radiance.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      out.set(
        radiance.subarray((y * width + x) * 3, (y * width + x + 1) * 3),
        (y * width + width - 1 - x) * 3,
      );
  return out;
}

function verdicts(overviews: readonly Overview[], reference: number): string[] {
  return alignOverviews(overviews, reference, size).placements.map(({ verdict }) => verdict);
}

describe('aligning hand-held exposures', { timeout: 30_000 }, () => {
  it.each([
    [3.4, -1.7, 0, 0, 0],
    [-24, 13, 1.5, -1, 0],
    [20, 18, -1.2, 1, 3e-5],
    [0.8, 0.3, 0.1, 0.1, 0],
  ])(
    'finds %f, %f, %f degrees, %f percent, tilt %f over four stops',
    (x, y, degrees, percent, tilt) => {
      const truth = movement(x, y, { degrees, percent, tilt });
      const overviews = [overviewOf(still, { ev: 1 }), overviewOf(seen(truth), { ev: -3 }, 1)];
      const { placements, referenceIndex } = alignOverviews(overviews, 0, size);
      const [reference, frame] = placements;
      expect(referenceIndex).toBe(0);
      expect(reference).toMatchObject({ verdict: 'unmoved', toFrame: null, confidence: 1 });
      expect(frame?.verdict).toBe('aligned');
      expect(apart(frame?.toFrame ?? IDENTITY, truth, size).rms).toBeLessThan(0.3);
      expect(frame?.confidence).toBeGreaterThan(0.6);
    },
  );

  it('finds a frame too dark for the reference through the one between', () => {
    const [near, far] = [movement(6, -3), movement(-9, 5, { degrees: 0.5, percent: 0, tilt: 0 })];
    const evs = [1.5, -3, -6.5];
    const overviews = [still, seen(near), seen(far)].map((view, i) =>
      overviewOf(view, { ev: evs[i] ?? 0 }, i),
    );
    const { placements } = alignOverviews(overviews, 0, size);
    expect(placements.map(({ verdict }) => verdict)).toEqual(['unmoved', 'aligned', 'aligned']);
    expect(apart(placements[2]?.toFrame ?? IDENTITY, far, size).rms).toBeLessThan(1);
  });

  it('says it in full-size pixels, and cuts what not all frames show', () => {
    const overviews = [still, seen(movement(5, 0))].map((view, i) => ({
      ...overviewOf(view, { ev: i }, i),
      scale: 4,
    }));
    const full = { width: 4 * size.width, height: 4 * size.height };
    const { placements, rectangle } = alignOverviews(overviews, 0, full);
    expect(
      apart(placements[1]?.toFrame ?? IDENTITY, [1, 0, 20, 0, 1, 0, 0, 0, 1], full).rms,
    ).toBeLessThan(0.4);
    expect(placements[1]?.distance).toBeCloseTo(20, 0);
    expect(
      (rectangle.left % 4) + (rectangle.top % 4) + (rectangle.width % 4) + (rectangle.height % 4),
    ).toBe(0);
    expect(rectangle.width).toBeGreaterThanOrEqual(full.width - 32);
    expect(rectangle.left + rectangle.width).toBeLessThanOrEqual(full.width - 20);
  });
});

describe('a tripod', { timeout: 30_000 }, () => {
  it('leaves every frame as it is, over eight stops', () => {
    const overviews = [-5, -3, -1, 1, 3].map((ev, i) => overviewOf(still, { ev }, i));
    const { placements, rectangle } = alignOverviews(overviews, 2, size);
    for (const { verdict, toFrame, reason } of placements)
      expect({ verdict, toFrame, reason }).toEqual({
        verdict: 'unmoved',
        toFrame: null,
        reason: null,
      });
    expect(rectangle).toEqual({ left: 0, top: 0, ...size });
  });

  it('that shook by a third of a pixel is left as it is: a resample would cost more', () => {
    expect(
      verdicts(
        [overviewOf(still, { ev: 0 }), overviewOf(seen(movement(0.25, 0.2)), { ev: -2 }, 1)],
        0,
      ),
    ).toEqual(['unmoved', 'unmoved']);
  });

  it('leaves five identical exposures as they are', () => {
    const same = overviewOf(still, { ev: 0 });
    expect(verdicts([same, same, same, same, same], 3)).toEqual(Array(5).fill('unmoved'));
  });
});

describe('frames that do not belong', { timeout: 30_000 }, () => {
  it('another room is dropped, whatever its exposure', () => {
    for (const ev of [-2, 0, 1.5]) {
      const overviews = [
        overviewOf(still, { ev: 0 }),
        overviewOf(seen(IDENTITY, otherRoom), { ev }, 1),
        overviewOf(still, { ev: -1.5 }, 2),
      ];
      const { placements } = alignOverviews(overviews, 0, size);
      expect(placements.map(({ verdict }) => verdict)).toEqual(['unmoved', 'dropped', 'unmoved']);
      expect(placements[1]).toMatchObject({
        toFrame: null,
        confidence: 0,
        reason: 'it shows another view than the other exposures',
      });
    }
  });

  it('the reference itself gives way when most frames show something else', () => {
    const overviews = [
      overviewOf(seen(IDENTITY, otherRoom), { ev: 0 }),
      overviewOf(still, { ev: -2 }, 1),
      overviewOf(still, { ev: 0.5 }, 2),
      overviewOf(still, { ev: 2 }, 3),
    ];
    const { placements, referenceIndex } = alignOverviews(overviews, 0, size);
    expect(referenceIndex).toBe(2);
    expect(placements.map(({ verdict }) => verdict)).toEqual([
      'dropped',
      'unmoved',
      'unmoved',
      'unmoved',
    ]);
  });

  it('a room upside down is another view', () => {
    const turned: Scene = { ...still, radiance: still.radiance.slice() };
    for (let i = 0; i < turned.radiance.length; i++) {
      const [pixel, channel] = [Math.floor(i / 3), i % 3];
      turned.radiance[i] = still.radiance[
        (size.width * size.height - 1 - pixel) * 3 + channel
      ] as number;
    }
    expect(verdicts([overviewOf(still, { ev: 0 }), overviewOf(turned, { ev: 0 }, 1)], 0)).toEqual([
      'unmoved',
      'dropped',
    ]);
  });

  it.each([
    ['black', 0, 'it is black'],
    ['white', 1, 'it is white'],
    ['grey', 0.5, 'it shows nothing but an even surface'],
  ])('a %s frame is dropped and called so', (_, value, reason) => {
    const flat = overviewOfPicture(
      pictureOf(size.width, size.height, () => [value, value, value]),
      1,
    );
    const { placements } = alignOverviews(
      [overviewOf(still, { ev: 0 }), flat, overviewOf(still, { ev: 2 }, 2)],
      0,
      size,
    );
    expect(placements.map(({ verdict }) => verdict)).toEqual(['unmoved', 'dropped', 'unmoved']);
    expect(placements[1]?.reason).toBe(reason);
  });

  it('a frame of another size is dropped', () => {
    const wide = overviewOfPicture(
      pictureOf(500, 320, (x) => [x / 500, 0.5, 0.5]),
      1,
    );
    const { placements } = alignOverviews([overviewOf(still, { ev: 0 }), wide], 0, size);
    expect(placements[1]?.reason).toBe('it has another size than the other exposures');
  });

  it.each([
    [1, 1],
    [1, 200],
    [16, 16],
    [300, 20],
  ])('pictures of %i x %i are too small to tell, and left as they are', (width, height) => {
    const overviews = [0, 1].map((i) =>
      overviewOfPicture(
        pictureOf(width, height, (x, y) => [((x * 7 + y * 3) % 11) / 11, 0.4, 0.3]),
        i,
      ),
    );
    const { placements, rectangle } = alignOverviews(overviews, 1, { width, height });
    expect(placements.map(({ verdict }) => verdict)).toEqual(['unmoved', 'unmoved']);
    for (const { toFrame, confidence, distance } of placements)
      for (const value of [...(toFrame ?? []), confidence, distance])
        expect(Number.isFinite(value)).toBe(true);
    expect(rectangle.width).toBeGreaterThan(0);
  });
});
