import { describe, expect, it } from 'vitest';
import { createPlane, type Plane } from '../pixels/picture.ts';
import { createRandom } from '../testing/random.ts';
import { IDENTITY } from './homography.ts';
import { toneTransfer, transferred } from './tone-transfer.ts';

function plane(value: (x: number, y: number) => number): Plane {
  const out = createPlane(240, 180);
  for (let y = 0, at = 0; y < 180; y++)
    for (let x = 0; x < 240; x++, at++) out.data[at] = value(x, y);
  return out;
}

/** Brightness from 0 to 1 in an order that no edge follows. */
const scene = (x: number, y: number): number => ((x * 37 + y * 61) % 211) / 210;
/** What a camera's tone curve makes of four stops less light. */
const curve = (value: number): number => 0.28 * value ** 1.2;

/** Everywhere on the planes of these tests. */
const EVERYWHERE = { places: [{ x: 120, y: 90 }], reach: 120 };

describe('the tone transfer between two exposures', () => {
  it('makes the brighter one equal to the darker one', () => {
    const [from, to] = [plane(scene), plane((x, y) => curve(scene(x, y)))];
    const made = transferred(
      from,
      toneTransfer({ reference: from, frame: to, toFrame: IDENTITY }, from),
      EVERYWHERE,
    );
    for (let i = 0; i < made.data.length; i++)
      expect(Math.abs((made.data[i] as number) - (to.data[i] as number))).toBeLessThan(0.004);
  });

  it('reads the other exposure where the place lies in it', () => {
    const from = plane((x, y) => scene(x, y));
    const to = plane((x, y) => curve(scene(x - 7, y + 4)));
    const found = toneTransfer(
      { reference: from, frame: to, toFrame: [1, 0, 7, 0, 1, -4, 0, 0, 1] },
      from,
    );
    expect(found[128]).toBeCloseTo(curve(128.5 / 256), 2);
    expect(found[230]).toBeCloseTo(curve(230.5 / 256), 2);
  });

  it('goes from the brighter one to the darker one, whichever is the reference', () => {
    const [bright, dark] = [plane(scene), plane((x, y) => curve(scene(x, y)))];
    const found = toneTransfer({ reference: dark, frame: bright, toFrame: IDENTITY }, bright);
    expect(found[128]).toBeCloseTo(curve(128.5 / 256), 2);
  });

  it('never falls, and overlooks what moved', () => {
    const random = createRandom(3);
    const from = plane(scene);
    const to = plane((x, y) => (random() < 0.3 ? random() : curve(scene(x, y))));
    const found = toneTransfer({ reference: from, frame: to, toFrame: IDENTITY }, from);
    for (let k = 1; k < found.length; k++)
      expect(found[k]).toBeGreaterThanOrEqual(found[k - 1] as number);
    expect(found[200]).toBeCloseTo(curve(200.5 / 256), 1);
  });

  it('has values even where nothing lies on each other', () => {
    const from = plane(scene);
    const far = toneTransfer(
      { reference: from, frame: from, toFrame: [1, 0, 9000, 0, 1, 0, 0, 0, 1] },
      from,
    );
    expect(far.every((value) => value === 0)).toBe(true);
    expect(transferred(from, far, EVERYWHERE).data.every((value) => value === 0)).toBe(true);
  });
});
