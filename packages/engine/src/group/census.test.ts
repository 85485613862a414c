import { expect, test } from 'vitest';
import { createRandom } from '../testing/random.ts';
import { makeRoom, shootRoom } from '../testing/rooms.ts';
import { type Census, countBits, moveCensus, takeCensus, tally } from './census.ts';
import { type Fingerprint, fingerprintOf, readFingerprint } from './fingerprint.ts';

function printOf(seed: number, ev: number): Fingerprint {
  const print = readFingerprint(fingerprintOf(shootRoom(makeRoom(seed), { ev, noise: ev + 50 })));
  if (print === null) throw new Error('a picture has a fingerprint');
  return print;
}

function bitAt(
  census: Census,
  plane: Uint32Array,
  place: [relation: number, x: number, y: number],
) {
  const [relation, x, y] = place;
  const word = (relation * census.height + y) * census.words + (x >> 5);
  return ((plane[word] as number) >>> (x & 31)) & 1;
}

/** -1 darker, 1 brighter, 0 unknown: the slow way to read a census. */
function answerAt(census: Census, ...place: [relation: number, x: number, y: number]): number {
  return bitAt(census, census.brighter, place) - bitAt(census, census.darker, place);
}

test('counts bits', () => {
  expect([0, 1, 0xff, 0x80000001, 0xffffffff, -1].map(countBits)).toEqual([0, 1, 8, 2, 32, 32]);
});

test('knows who is brighter, and when there is no telling', () => {
  // Row by row: a step of 10 is clear, one of 4 is not, two white cells are not.
  const cells = Uint8Array.of(100, 110, 114, 253, 255);
  const census = takeCensus({ width: 5, height: 1, cells }, [1]);
  expect([0, 1, 2, 3, 4].map((x) => answerAt(census, 0, x, 0))).toEqual([-1, 0, -1, 0, 0]);
  expect(census.answers).toBe(2);
});

test('near black more steps are needed: there a step is a trace of light', () => {
  const clear = (dark: number, bright: number): boolean =>
    takeCensus({ width: 2, height: 1, cells: Uint8Array.of(dark, bright) }, [1]).answers === 1;
  // 0.00012 light above black are 255 / 12 * log2(1 + 4095 * 0.00012) = 12.2 steps, 12 when rounded.
  expect(clear(0, 11)).toBe(false);
  expect(clear(0, 12)).toBe(true);
  expect(clear(200, 205)).toBe(true);
});

test.each([0, 1, -1, 5, -7, 31, -31, 33, 40, -63, 64])(
  'moving by %i cells moves every answer',
  (by) => {
    const census = takeCensus(printOf(3, 0), [1, 4]);
    const moved = moveCensus(census, by);
    for (let y = 0; y < census.height; y += 5) {
      for (let x = 0; x < census.width; x++) {
        const from = x + by;
        const expected = from >= 0 && from < census.width ? answerAt(census, 1, from, y) : 0;
        expect(answerAt(moved, 1, x, y)).toBe(expected);
      }
    }
  },
);

test('tallies as a plain count does, at any shift', () => {
  const [a, b] = [takeCensus(printOf(1, 0), [1, 4]), takeCensus(printOf(2, -1), [1, 4])];
  const random = createRandom(5);
  for (let round = 0; round < 6; round++) {
    const [right, down] = [Math.floor(random() * 21) - 10, Math.floor(random() * 21) - 10];
    const plain = { agree: 0, contradict: 0 };
    for (let relation = 0; relation < a.relations; relation++) {
      for (let y = Math.max(0, -down); y < Math.min(a.height, a.height - down); y++) {
        for (let x = Math.max(0, -right); x < Math.min(a.width, a.width - right); x++) {
          const product = answerAt(a, relation, x, y) * answerAt(b, relation, x + right, y + down);
          if (product > 0) plain.agree++;
          if (product < 0) plain.contradict++;
        }
      }
    }
    expect(tally(a, moveCensus(b, right), down)).toEqual(plain);
  }
});

test('another exposure leaves answers out and changes none', () => {
  const distances = [1, 2, 4, 8];
  const normal = takeCensus(printOf(4, 0), distances);
  for (const ev of [-5, -3, 2]) {
    const other = takeCensus(printOf(4, ev), distances);
    const { agree, contradict } = tally(normal, other, 0);
    expect(agree).toBeGreaterThan(5000);
    expect(contradict).toBeLessThan(agree / 100);
  }
});
