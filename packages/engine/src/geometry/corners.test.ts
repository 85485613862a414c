import sharp from 'sharp';
import { expect, test } from 'vitest';
import { enhance } from '../enhance.ts';
import type { Picture } from '../pixels/picture.ts';
import { photographRoom, type RoomShot } from '../testing/tilted-room.ts';
import { type Corners, cornersOf } from './corners.ts';

type Spot = readonly [x: number, y: number];

const SIZE = { width: 900, height: 600 };

/** In pixels of the exposure: in every corner, on every edge and in the middle of what is left of it. */
const SPOTS: readonly Spot[] = [100, 300, 450, 640, 800].flatMap((x) =>
  [80, 200, 300, 420, 520].map((y): Spot => [x, y]),
);

/** Half the side of a mark. */
const HALF = 3;

/** Magenta squares, which no room of this camera shows. */
function marked(picture: Picture): Picture {
  for (const [x, y] of SPOTS)
    for (let row = y - HALF; row < y + HALF; row++)
      for (let column = x - HALF; column < x + HALF; column++) {
        const at = (row * picture.width + column) * 3;
        picture.data.set([50000, 0, 50000], at);
      }
  return picture;
}

async function straightened(shot: Omit<RoomShot, 'width' | 'height'>) {
  const { width, height, data } = marked(photographRoom({ ...SIZE, ...shot }));
  const codes = Uint8Array.from(data, (value) => value >> 8);
  const bytes = await sharp(codes, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  return await enhance([{ name: 'room.png', bytes }], {
    output: { format: 'png' },
    steps: { whiteBalance: false, denoise: false, sharpen: false },
  });
}

/** The middle of what is magenta within some pixels of a place; `null` where nothing is. */
function markAt({ data, width }: { data: Buffer; width: number }, [x, y]: Spot): Spot | null {
  let [sum, across, down] = [0, 0, 0];
  for (let row = Math.round(y) - 15; row < y + 15; row++)
    for (let column = Math.round(x) - 15; column < x + 15; column++) {
      const [r = 0, g = 0, b = 0] = data.subarray((row * width + column) * 3);
      const weight = Math.max(0, Math.min(r, b) - g - 30);
      sum += weight;
      across += weight * (column + 0.5);
      down += weight * (row + 0.5);
    }
  return sum < 500 ? null : [across / sum, down / sum];
}

/** From shares of the photo to pixels of the exposure: the homography of the unit square (Heckbert 1989). */
function through([a, b, c, d]: Corners): (x: number, y: number) => Spot {
  const [sx, sy] = [a[0] - b[0] + c[0] - d[0], a[1] - b[1] + c[1] - d[1]];
  const [ux, uy, vx, vy] = [b[0] - c[0], b[1] - c[1], d[0] - c[0], d[1] - c[1]];
  const determinant = ux * vy - vx * uy;
  const g = (sx * vy - vx * sy) / determinant;
  const h = (ux * sy - sx * uy) / determinant;
  return (x, y) => {
    const w = g * x + h * y + 1;
    return [
      ((b[0] - a[0] + g * b[0]) * x + (d[0] - a[0] + h * d[0]) * y + a[0]) / w,
      ((b[1] - a[1] + g * b[1]) * x + (d[1] - a[1] + h * d[1]) * y + a[1]) / w,
    ];
  };
}

/** How far off each mark of the finished photo the corners say that it was taken, in pixels. */
async function misses(shot: Omit<RoomShot, 'width' | 'height'>): Promise<number[]> {
  const { image, recipe, report } = await straightened(shot);
  const upright = report.steps.find(({ name }) => name === 'verticals');
  expect(upright).toMatchObject({ ran: true, facts: { done: 'corrected' } });
  const picture = await sharp(image.bytes).raw().toBuffer();
  const taken = through(recipe.crop.corners);
  return SPOTS.flatMap((spot) => {
    // Looked for around the corners' own answer: far off, no mark is found at all.
    const [x, y] = shownAt(taken, spot);
    const { width, height } = image;
    if (x * width < 20 || y * height < 20 || x * width > width - 20 || y * height > height - 20)
      return [];
    const mark = markAt({ data: picture, width }, [x * width, y * height]);
    if (mark === null) throw new Error(`no mark near ${spot.join(', ')}`);
    const [u, v] = taken(mark[0] / width, mark[1] / height);
    return [Math.hypot(u - spot[0], v - spot[1])];
  });
}

/** The way back, by Newton with the slope of an upright frame. */
function shownAt(taken: (x: number, y: number) => Spot, [x, y]: Spot): Spot {
  let [u, v] = [0.5, 0.5];
  for (let round = 0; round < 40; round++) {
    const [a, b] = taken(u, v);
    u += (x - a) / SIZE.width;
    v += (y - b) / SIZE.height;
  }
  return [u, v];
}

test.each([
  { pitch: 5, roll: 2 },
  { pitch: -4, roll: -3 },
])(
  'what stands in a photo straightened by $pitch and $roll degrees was taken where its corners say',
  async (shot) => {
    const off = await misses(shot);
    expect(off.length).toBeGreaterThan(15);
    expect(Math.max(...off)).toBeLessThan(1);
  },
);

test('a lens that bends leaves what no homography can follow, and no more', async () => {
  const off = await misses({ pitch: 4, roll: 1, k1: -0.02, rays: 3 });
  expect(off.length).toBeGreaterThan(15);
  // Two percent at the corner are 10.8 px; the best scale leaves a quarter of that somewhere.
  expect(Math.max(...off)).toBeLessThan(4);
  expect(off.reduce((sum, each) => sum + each, 0) / off.length).toBeLessThan(2);
});

test('a photo that is as it was taken has the corners of what all exposures saw', () => {
  const area = { left: 8, top: 4, width: 400, height: 300 };
  expect(cornersOf(area, null)).toEqual([
    [8, 4],
    [408, 4],
    [408, 304],
    [8, 304],
  ]);
});
