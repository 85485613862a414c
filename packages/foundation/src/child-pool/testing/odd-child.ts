import process from 'node:process';
import { answerParent } from '../answer-parent.ts';

/** A child process that misbehaves in the way it is asked to. */
type Wish = { readonly do: keyof typeof DEEDS; readonly ms?: number };

const DEEDS = {
  answer: () => undefined,
  wait: ({ ms = 0 }: Wish) => new Promise((resolve) => setTimeout(resolve, ms)),
  spin: () => {
    for (;;) Math.random();
  },
  exit: () => process.exit(0),
  abort: () => process.abort(),
  throw: () => {
    throw new Error('a mistake');
  },
  'fill the heap': () => {
    const kept: object[] = [];
    for (;;) kept.push(new Array(1000).fill(kept.length));
  },
  'take memory at once': () => Buffer.alloc(8 * 2 ** 30, 1),
  'take memory bit by bit': async () => {
    const kept: Buffer[] = [];
    for (;;) {
      kept.push(Buffer.alloc(16 * 2 ** 20, 1));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  },
} as const;

answerParent(async (request) => {
  const wish = request as Wish;
  await DEEDS[wish.do](wish);
  return { pid: process.pid, secrets: Object.keys(process.env).filter((name) => name !== 'PWD') };
});
