import { describe, expect, test } from 'vitest';
import { createPlane, type Plane } from '../pixels/picture.ts';
import { createRandom } from '../testing/random.ts';
import { boundsOf, cutPlane } from './box.ts';
import { fillPanes } from './fill-panes.ts';
import { findView } from './find-view.ts';
import { guideMask } from './guide-mask.ts';
import { grown, label, type Mask, opened, shrunk } from './morphology.ts';
import { areaOf, hullOf, type Point, squareness } from './outline.ts';
import { shareOfViews } from './share-of-views.ts';
import { slideBoxes } from './slide-boxes.ts';
import { straightSides } from './straight-sides.ts';
import { createStraightness, roughness, steepnessAt } from './texture.ts';

/** A mask drawn with letters: # is set. */
function drawn(rows: readonly string[]): Mask {
  const width = rows[0]?.length ?? 0;
  const data = Uint8Array.from(rows.join(''), (letter) => (letter === '#' ? 1 : 0));
  return { width, height: rows.length, data };
}

function shown({ width, height, data }: Mask): string[] {
  return Array.from({ length: height }, (_, y) =>
    [...data.subarray(y * width, (y + 1) * width)]
      .map((value) => (value === 1 ? '#' : '.'))
      .join(''),
  );
}

function planeOf(width: number, height: number, valueAt: (x: number, y: number) => number): Plane {
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.data.length; i++)
    plane.data[i] = valueAt(i % width, Math.floor(i / width));
  return plane;
}

describe('masks', () => {
  test('grow and shrink by squares, the border of the picture being no border', () => {
    const mask = drawn(['.....', '.....', '..#..', '.....', '.....']);
    expect(shown(grown(mask, 1))).toEqual(['.....', '.###.', '.###.', '.###.', '.....']);
    expect(shown(shrunk(grown(mask, 1), 1))).toEqual(shown(mask));
    const corner = drawn(['##..', '##..', '....']);
    expect(shown(shrunk(corner, 1))).toEqual(['#...', '....', '....']);
    expect(shown(grown(corner, 9))).toEqual(['####', '####', '####']);
  });

  test('grow as the plain definition says, for any radius', () => {
    const random = createRandom(5);
    const [width, height] = [23, 17];
    const mask: Mask = {
      width,
      height,
      data: Uint8Array.from({ length: width * height }, () => (random() < 0.03 ? 1 : 0)),
    };
    for (const radius of [0, 1, 2, 5, 30]) {
      const result = grown(mask, radius);
      for (let i = 0; i < mask.data.length; i++) {
        const near = mask.data.some(
          (value, at) =>
            value === 1 &&
            Math.abs((at % width) - (i % width)) <= radius &&
            Math.abs(Math.floor(at / width) - Math.floor(i / width)) <= radius,
        );
        expect(result.data[i]).toBe(near ? 1 : 0);
      }
    }
  });

  test('lose specks and bridges when opened', () => {
    const mask = drawn(['###...###', '#########', '###...###', '.........', '.#.......']);
    expect(shown(opened(mask, 1))).toEqual([
      '###...###',
      '###...###',
      '###...###',
      '.........',
      '.........',
    ]);
  });

  test('are numbered by connected part, corners not connecting', () => {
    const { labels, count } = label(drawn(['#.#', '#.#', '.#.']));
    expect(count).toBe(3);
    expect([...labels]).toEqual([1, 0, 2, 1, 0, 2, 0, 3, 0]);
  });

  test('are cut to what they hold', () => {
    const mask = drawn(['......', '..##..', '...#..', '......']);
    expect(boundsOf(mask, 0)).toEqual({ left: 2, top: 1, width: 2, height: 2 });
    expect(boundsOf(mask, 9)).toEqual({ left: 0, top: 0, width: 6, height: 4 });
    expect(boundsOf(drawn(['..', '..']), 3)).toEqual({ left: 0, top: 0, width: 0, height: 0 });
    const plane = planeOf(6, 4, (x, y) => 10 * y + x);
    expect([...cutPlane(plane, boundsOf(mask, 0)).data]).toEqual([12, 13, 22, 23]);
  });
});

describe('outlines', () => {
  const circle = Array.from({ length: 60 }, (_, i): Point => {
    const angle = (2 * Math.PI * i) / 60;
    return [100 + 80 * Math.cos(angle), 100 + 40 * Math.sin(angle)];
  });

  test.each<[string, readonly Point[], number]>([
    [
      'a rectangle',
      [
        [0, 0],
        [30, 0],
        [30, 20],
        [0, 20],
      ],
      1,
    ],
    [
      'a leaning quadrilateral',
      [
        [0, 3],
        [40, 0],
        [36, 25],
        [5, 30],
      ],
      1,
    ],
    [
      'a rectangle without a corner',
      [
        [0, 0],
        [20, 0],
        [30, 10],
        [30, 20],
        [0, 20],
      ],
      550 / 600,
    ],
  ])('%s fills its tightest quadrilateral as it should', (_, corners, share) => {
    expect(squareness(hullOf(corners))).toBeCloseTo(share, 2);
  });

  test('an ellipse fills at most what it does of a rectangle', () => {
    expect(squareness(hullOf(circle))).toBeLessThan(Math.PI / 4);
    expect(squareness(hullOf(circle))).toBeGreaterThan(0.65);
  });

  test('hulls leave out what lies inside or on their sides', () => {
    const points: Point[] = [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
      [2, 2],
      [2, 0],
      [1, 3],
    ];
    expect(hullOf(points)).toHaveLength(4);
    expect(areaOf(hullOf(points))).toBe(16);
  });

  test('nothing has no area and is no quadrilateral', () => {
    expect(squareness([])).toBe(0);
    expect(squareness(hullOf([[1, 1]]))).toBe(0);
  });
});

describe('texture', () => {
  const random = createRandom(3);
  // Foliage left, a wall right, and a bar of 4 pixels across both.
  const light = planeOf(80, 60, (x, y) => {
    if (y >= 28 && y < 32) return -1.5;
    return x < 40 ? 3 * random() : 0.5;
  });
  const rough = roughness(light);
  const at = (x: number, y: number) => y * 80 + x;

  test('foliage is rough, walls and their edges are not', () => {
    expect(rough.data[at(20, 10)]).toBeGreaterThan(0.2);
    expect(rough.data[at(60, 10)]).toBe(0);
    expect(rough.data[at(60, 27)]).toBeLessThan(1e-3);
    expect(steepnessAt(light, at(60, 27))).toBeCloseTo(1, 5);
    expect(steepnessAt(light, at(79, 59))).toBe(0);
    expect(steepnessAt(light, at(60, 0))).toBe(0);
  });

  test('a bar is straight, also in front of foliage', () => {
    const isStraight = createStraightness(light, 0.04);
    expect(isStraight(at(20, 29))).toBe(true);
    expect(isStraight(at(20, 15))).toBe(false);
    expect(isStraight(at(60, 15))).toBe(true);
  });
});

test('panes are filled, the bar between them and what stands before them are not', () => {
  const [width, height] = [60, 40];
  const isPane = (x: number, y: number) =>
    y > 3 && y < 36 && x > 3 && x < 56 && Math.abs(x - 30) > 2;
  const isTree = (x: number, y: number) => Math.hypot(x - 15, y - 20) < 6;
  const isVase = (x: number, y: number) => Math.hypot(x - 44, y - 20) < 6;
  const found = planeOf(width, height, (x, y) =>
    isPane(x, y) && !isTree(x, y) && !isVase(x, y) ? 1 : 0,
  );
  const light = planeOf(width, height, (x, y) => (isVase(x, y) ? -5 : isTree(x, y) ? -2 : 1));
  const mask = { width, height, data: Uint8Array.from(found.data) };
  const fillable = { width, height, data: new Uint8Array(width * height).fill(1) };
  const view = fillPanes(mask, { fillable, light, side: 400 });
  expect(view.data[20 * width + 15]).toBe(1);
  expect(view.data[20 * width + 44]).toBe(0);
  for (let y = 0; y < height; y++) expect(view.data[y * width + 30]).toBe(0);
  expect(view.data[2 * width + 15]).toBe(0);
});

test('a leaning bar is not filled although panes are met all around it', () => {
  const [width, height] = [80, 60];
  const isBar = (x: number, y: number) => Math.abs(x - 40 - 0.35 * (y - 30)) < 2;
  const found = planeOf(width, height, (x, y) =>
    y > 3 && y < 56 && x > 3 && x < 76 && !isBar(x, y) ? 1 : 0,
  );
  const view = fillPanes(
    { width, height, data: Uint8Array.from(found.data) },
    {
      fillable: { width, height, data: new Uint8Array(width * height).fill(1) },
      light: planeOf(width, height, () => 0),
      side: 400,
    },
  );
  for (let y = 10; y < 50; y++)
    expect(view.data[y * width + Math.round(40 + 0.35 * (y - 30))]).toBe(0);
});

test('the view is what is blown and rough or bright, not frames in the sun nor what moved', () => {
  const [width, height] = [90, 60];
  const random = createRandom(6);
  const whole: Mask = { width, height, data: new Uint8Array(width * height).fill(1) };
  // From left to right: trees, trees that a curtain covers in the view's exposure, a sky, a frame.
  const light = planeOf(width, height, (x) => (x < 50 ? 1 + 2 * random() : x < 70 ? 4 : 0.6));
  const viewLight = planeOf(width, height, (x, y) =>
    x >= 25 && x < 50 ? -2 : (light.data[y * width + x] ?? 0),
  );
  const none: Mask = { ...whole, data: new Uint8Array(width * height) };
  const panes = { blown: whole, windows: whole, others: none, light, viewLight, side: 90 };
  const { view } = findView({ ...panes, windowLight: 2.5 });
  const share = (from: number, to: number) => {
    let count = 0;
    for (let y = 0; y < height; y++)
      for (let x = from; x < to; x++) count += view.data[y * width + x] ?? 0;
    return count / (height * (to - from));
  };
  expect(share(1, 23)).toBeGreaterThan(0.95);
  expect(share(28, 47)).toBeLessThan(0.02);
  expect(share(54, 67)).toBe(1);
  expect(share(75, 90)).toBe(0);
});

test('a mask that is a mix of its guides comes back exactly', () => {
  const random = createRandom(8);
  const view = planeOf(40, 30, () => random());
  const room = planeOf(40, 30, () => random());
  const mask = planeOf(40, 30, (x, y) => {
    const at = y * 40 + x;
    return 0.6 * (view.data[at] ?? 0) - 0.3 * (room.data[at] ?? 0) + 0.35;
  });
  const { viewSlope, roomSlope, base } = guideMask(mask, { view, room }, { radius: 3, epsilon: 0 });
  for (let i = 0; i < mask.data.length; i++) {
    expect(viewSlope.data[i]).toBeCloseTo(0.6, 4);
    expect(roomSlope.data[i]).toBeCloseTo(-0.3, 4);
    expect(base.data[i]).toBeCloseTo(0.35, 4);
  }
});

test.each([0, 1, 3, 20])('means over squares of radius %i are those of the plain sum', (radius) => {
  const random = createRandom(4);
  const [width, height] = [13, 9];
  const plane = planeOf(width, height, () => random());
  slideBoxes({
    ...{ width, height, radius, planes: 2 },
    addRow: (y, sums, sign) => {
      for (let x = 0; x < width; x++) {
        const value = plane.data[y * width + x] ?? 0;
        sums[x] = (sums[x] ?? 0) + sign * value;
        sums[width + x] = (sums[width + x] ?? 0) + sign * value * value;
      }
    },
    takeRow: (y, means) => {
      for (let x = 0; x < width; x++) {
        const near = [...plane.data].filter(
          (_, i) =>
            Math.abs((i % width) - x) <= radius && Math.abs(Math.floor(i / width) - y) <= radius,
        );
        const mean = (values: readonly number[]) =>
          values.reduce((sum, value) => sum + value, 0) / values.length;
        expect(means[x]).toBeCloseTo(mean(near), 10);
        expect(means[width + x]).toBeCloseTo(mean(near.map((value) => value * value)), 10);
      }
    },
  });
});

test('the share of a view has no holes, and lies where its mask does', () => {
  // A photo of 300 x 300 in squares of 8; planes of a quarter of its size.
  const base = planeOf(30, 30, (x, y) => (x > 11 && x < 18 && y > 11 && y < 18 ? -0.2 : 0.6));
  const slope = planeOf(30, 30, () => 0.5);
  const mask = { viewSlope: slope, roomSlope: planeOf(30, 30, () => 0), base };
  const grounds = {
    shown: planeOf(50, 40, (x, y) => (x === 25 && y === 8 ? 0.9 : 0.2)),
    luma: planeOf(50, 40, () => 0.4),
    ...{ left: 10, top: 8, factor: 4 },
  };
  const place = { scale: 16, left: 20, top: 14 };
  const photo = { width: 300, height: 300 };
  const share = shareOfViews({ ...mask, ...place }, grounds, photo);
  expect([share.width, share.height]).toEqual([38, 38]);
  for (let y = 0; y < share.height; y++) {
    for (let x = 0; x < share.width; x++) {
      // Pixels 80 to 199 across and 56 to 175 down.
      const isInside = x >= 10 && x < 25 && y >= 7 && y < 22;
      const isBrightest = x === 17 && y === 8;
      const expected = isBrightest ? 1 : isInside ? 0.7 : 0;
      expect(share.data[y * share.width + x]).toBeCloseTo(expected, 5);
    }
  }
});

describe('straight sides', () => {
  const [width, height] = [120, 90];
  const sidesOf = (isInside: (x: number, y: number) => boolean) => {
    const places = Array.from({ length: width * height }, (_, i) => i).filter((i) =>
      isInside(i % width, Math.floor(i / width)),
    );
    const [xs, ys] = [places.map((i) => i % width), places.map((i) => Math.floor(i / width))];
    return straightSides(
      {
        pixels: Int32Array.from(places),
        ...{ left: Math.min(...xs), right: Math.max(...xs) },
        ...{ top: Math.min(...ys), bottom: Math.max(...ys) },
      },
      { width, height },
    );
  };
  const random = createRandom(12);
  const jags = Array.from({ length: width }, () => Math.floor(14 * random()));

  test('a leaning pane has an upright and a level one', () => {
    const sides = sidesOf((x, y) => x >= 20 + 0.2 * y && x < 80 && y >= 10 + 0.3 * x && y < 75);
    expect(sides.upright).toBe(1);
    expect(sides.level).toBeGreaterThan(0.9);
  });

  test('a pane before trees keeps one of each', () => {
    const sides = sidesOf(
      (x, y) => x >= 30 && x < 90 - (jags[y] ?? 0) && y >= 10 && y < 70 - (jags[x] ?? 0),
    );
    expect(Math.min(sides.upright, sides.level)).toBeGreaterThan(0.95);
  });

  test('a cloud has none', () => {
    const sides = sidesOf((x, y) => Math.hypot((x - 60) / 45, (y - 45) / 30) < 1);
    expect(Math.max(sides.upright, sides.level)).toBeLessThan(0.55);
  });

  test('a sky above trees has none, for the borders of the picture do not count', () => {
    const sides = sidesOf((x, y) => y < 40 + (jags[x] ?? 0));
    expect(sides.upright).toBeLessThan(0.3);
    expect(sides.level).toBeLessThan(0.5);
  });

  test('one pixel is as straight as can be', () => {
    expect(sidesOf((x, y) => x === 5 && y === 5)).toEqual({ upright: 1, level: 1 });
  });
});
