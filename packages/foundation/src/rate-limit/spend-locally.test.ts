import { expect, test } from 'vitest';
import type { Budget } from './budget.ts';
import { createLocalBudgets } from './spend-locally.ts';

const budget = (key: string): Budget => ({ policy: 'test', key, quota: 10, windowSeconds: 100 });

test('grants what there is, and what came back since', () => {
  const spend = createLocalBudgets();
  const granted = (wanted: number, now: number) =>
    spend([{ budget: budget('a'), wanted }], now).get('a')?.granted;
  expect([granted(7, 0), granted(7, 0), granted(1, 0)]).toEqual([7, 3, 0]);
  expect([granted(1, 9_999), granted(1, 10_000), granted(1, 10_001)]).toEqual([0, 1, 0]);
  expect([granted(-1, 10_001), granted(1, 10_001)]).toEqual([-1, 1]);
  expect(granted(20, 10_000_000)).toBe(10);
});

test('a flood of keys forgets the oldest', () => {
  const spend = createLocalBudgets();
  spend([{ budget: budget('first'), wanted: 10 }], 0);
  for (let index = 0; index < 10_000; index += 1)
    spend([{ budget: budget(`${index}`), wanted: 1 }], 0);
  expect(spend([{ budget: budget('first'), wanted: 10 }], 0).get('first')?.granted).toBe(10);
});
