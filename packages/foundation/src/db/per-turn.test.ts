import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type PerTurnOptions, perTurn } from './per-turn.ts';

/** Doubles numbers, and says which it was asked together. */
function doubling(
  options: Partial<PerTurnOptions<number>> = {},
  work: () => Promise<unknown> = () => sleep(1),
) {
  const runs: number[][] = [];
  const double = perTurn(
    async (inputs: readonly number[]) => {
      runs.push([...inputs]);
      await work();
      return inputs.map((input) => input * 2);
    },
    { most: 100, ...options },
  );
  return { runs, double };
}

test('the calls of one turn are one run, and each gets its own answer', async () => {
  const { runs, double } = doubling();
  expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6]);
  expect(runs).toEqual([[1, 2, 3]]);
});

test('a call that comes while a run is under way is answered by a later one', async () => {
  const { runs, double } = doubling();
  const first = double(1);
  await nextTurn();
  expect(runs).toEqual([[1]]);
  expect(await Promise.all([first, double(2)])).toEqual([2, 4]);
  expect(runs).toEqual([[1], [2]]);
});

test('more than the most begin another run, and none is lost', async () => {
  const { runs, double } = doubling({ most: 4 });
  const numbers = Array.from({ length: 10 }, (_, index) => index);
  expect(await Promise.all(numbers.map(double))).toEqual(numbers.map((number) => number * 2));
  expect(runs.map((run) => run.length)).toEqual([4, 4, 2]);
  expect(await double(5)).toBe(10);
});

test('one at a time, a group’s next run takes all that came during the one before', async () => {
  const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
  const { runs, double } = doubling(
    {
      oneAtATime: true,
      most: 3,
      groupBy: (number) => (number < 10 ? 'small' : 'large'),
    },
    () => finished,
  );
  const first = double(1);
  await nextTurn();
  const meanwhile = [2, 3].map(double);
  await nextTurn();
  const later = [4, 5, 11].map(double);
  await nextTurn();
  expect(runs).toEqual([[1], [11]]);
  finish();
  expect(await Promise.all([first, ...meanwhile, ...later])).toEqual([2, 4, 6, 8, 10, 22]);
  expect(runs).toEqual([[1], [11], [2, 3, 4], [5]]);
  expect(await double(6)).toBe(12);
});

test('one at a time, a run that fails does not stop the next', async () => {
  const call = perTurn(
    async (inputs: readonly string[]) => {
      await sleep(5);
      if (inputs.includes('bad')) throw new Error('no');
      return inputs;
    },
    { oneAtATime: true, most: 100 },
  );
  const bad = call('bad');
  await nextTurn();
  const good = call('good');
  await expect(bad).rejects.toThrow('no');
  expect(await good).toBe('good');
});

test('groups are runs of their own, so that one does not wait for another', async () => {
  const ended: string[] = [];
  const call = perTurn(
    async (inputs: readonly string[]) => {
      await sleep(inputs.includes('slow') ? 100 : 1);
      return inputs;
    },
    { groupBy: (input) => input, most: 100 },
  );
  await Promise.all(
    ['slow', 'quick'].map((input) => call(input).then((output) => ended.push(output))),
  );
  expect(ended).toEqual(['quick', 'slow']);
});

test('a run that fails, or answers too few, fails all its calls and no others', async () => {
  const call = perTurn(
    async (inputs: readonly string[]) => {
      if (inputs.includes('bad')) throw new Error('no');
      return inputs.filter((input) => input !== 'forgotten');
    },
    { groupBy: (input) => (input.startsWith('good') ? 'good' : 'other'), most: 3 },
  );
  const settled = async (inputs: string[]) =>
    (await Promise.allSettled(inputs.map(call))).map((result) =>
      result.status === 'fulfilled' ? result.value : result.reason.message,
    );
  expect(await settled(['good 1', 'bad', 'x', 'good 2'])).toEqual(['good 1', 'no', 'no', 'good 2']);
  expect(await settled(['x', 'forgotten'])).toEqual(Array(2).fill('2 calls got 1 answers'));
});
