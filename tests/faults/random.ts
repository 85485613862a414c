import { createHash } from 'node:crypto';

/** Chance that can be had again: the same seed gives the same numbers. */
export interface Random {
  readonly seed: number;
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from 0 up to, not including, `below`. */
  int(below: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  bytes(count: number): Buffer<ArrayBuffer>;
  /** A source of its own for one thing, so that the order in which things happen changes nothing. */
  fork(label: string): Random;
}

/** mulberry32: small, fast, and good enough to choose where things break. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const word = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const next = () => word() / 2 ** 32;
  const int = (below: number) => Math.floor(next() * below);
  return {
    seed,
    next,
    int,
    chance: (probability) => next() < probability,
    pick<T>(items: readonly T[]): T {
      const index = int(items.length);
      const item = items[index];
      if (item === undefined) throw new Error(`nothing to pick from ${items.length} items`);
      return item;
    },
    bytes(count) {
      const words = new Uint32Array(Math.ceil(count / 4));
      for (let index = 0; index < words.length; index++) words[index] = word();
      return Buffer.from(words.buffer, 0, count);
    },
    fork: (label) =>
      createRandom(createHash('sha256').update(`${seed}/${label}`).digest().readUInt32LE()),
  };
}

/** The seed of this run: FAULT_SEED to have a former one again. Printed, or it would be lost. */
export function seedOfRun(): number {
  const given = Number(process.env['FAULT_SEED']);
  const seed =
    Number.isSafeInteger(given) && given > 0 ? given : 1 + Math.floor(Math.random() * 1e9);
  process.stdout.write(`seed ${seed} (again: FAULT_SEED=${seed})\n`);
  return seed;
}
