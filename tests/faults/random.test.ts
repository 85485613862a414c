import { expect, test } from 'vitest';
import { createRandom } from './random.ts';

test('a seed gives the same numbers, bytes and forks; another seed gives others', () => {
  const draw = (seed: number) => {
    const random = createRandom(seed);
    return [random.next(), random.int(1000), random.bytes(10).toString('hex')].join();
  };
  expect(draw(1)).toBe(draw(1));
  expect(draw(1)).not.toBe(draw(2));
  const random = createRandom(5);
  const before = random.fork('a').next();
  random.next();
  expect(random.fork('a').next()).toBe(before);
  expect(random.fork('b').next()).not.toBe(before);
});

test('chance is even enough', () => {
  const random = createRandom(3);
  const counts = [0, 0, 0, 0];
  for (let draw = 0; draw < 40_000; draw++) {
    const index = random.int(4);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  const bytes = random.bytes(40_001);
  expect(bytes).toHaveLength(40_001);
  const mean = bytes.reduce((sum, byte) => sum + byte, 0) / bytes.length;
  expect(Math.abs(mean - 127.5)).toBeLessThan(3);
});
