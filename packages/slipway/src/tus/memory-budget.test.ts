import { expect, test } from 'vitest';
import { openMemory } from './memory-budget.ts';

const MIB = 1024 ** 2;

/** As many parts as it can have. */
function takeAll(project: string) {
  const taken: ReturnType<typeof openMemory>[] = [];
  for (;;) {
    const memory = openMemory(project);
    try {
      memory.grow(8 * MIB);
    } catch {
      return taken;
    }
    taken.push(memory);
  }
}

test('a project gets half of what there is, others the half of what is left, and all comes back', () => {
  const one = takeAll('one');
  const two = takeAll('two');
  const three = takeAll('three');
  expect(one.length).toBe(32);
  expect(two.length).toBe(16);
  expect(three.length).toBe(8);
  for (const memory of [...one, ...two, ...three]) {
    memory.giveBack();
    memory.giveBack();
  }
  const again = takeAll('one');
  expect(again.length).toBe(32);
  for (const memory of again) memory.giveBack();
});

test('only what is needed is set aside', () => {
  const small = Array.from({ length: 1000 }, () => openMemory('one'));
  for (const memory of small) memory.grow(1);
  const large = takeAll('two');
  expect(large.length).toBe(31);
  for (const memory of [...small, ...large]) memory.giveBack();
});
