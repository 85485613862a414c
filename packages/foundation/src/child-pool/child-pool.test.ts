import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { type ChildFailure, type ChildPool, createChildPool } from './index.ts';

const SCRIPT = fileURLToPath(new URL('./testing/odd-child.ts', import.meta.url));
const LIMITS = { timeoutMs: 10_000, memoryMb: 512, heapMb: 64 };

interface Answer {
  pid: number;
  secrets: string[];
}

type Pool = ChildPool<{ do: string; ms?: number }, Answer>;

let pool: Pool;
afterEach(() => pool.close());

interface Changes {
  size?: number;
  maxWaiting?: number;
  idleMs?: number;
  jobsPerProcess?: number;
  limits?: Partial<typeof LIMITS>;
}

function open({ limits, ...changes }: Changes = {}): Pool {
  pool = createChildPool({
    script: SCRIPT,
    size: 1,
    maxWaiting: 10,
    idleMs: 10_000,
    jobsPerProcess: 100,
    limits: { ...LIMITS, ...limits },
    parseAnswer: (message) => message as Answer,
    ...changes,
  });
  return pool;
}

const reasonOf = (answer: Promise<unknown>) =>
  answer.then(
    () => 'an answer',
    (failure: ChildFailure) => failure.reason,
  );

const isGone = (pid: number) => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

describe('work in child processes', { timeout: 30_000 }, () => {
  test('one process does one job after the other, and knows nothing of our environment', async () => {
    process.env['A_SECRET'] = 'hunter2';
    const { run } = open();
    const answers = await Promise.all([1, 2, 3].map(() => run({ do: 'answer' })));
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(1);
    expect(answers[0]?.pid).not.toBe(process.pid);
    expect(answers[0]?.secrets).not.toContain('A_SECRET');
    expect(answers[0]?.secrets).not.toContain('HOME');
  });

  test('never more processes than wanted, never more waiting than allowed', async () => {
    const { run } = open({ size: 2, maxWaiting: 2 });
    const jobs = [1, 2, 3, 4, 5].map(() => run({ do: 'wait', ms: 100 }));
    expect(await reasonOf(jobs[4] ?? Promise.resolve())).toBe('busy');
    const answers = await Promise.all(jobs.slice(0, 4));
    expect(new Set(answers.map(({ pid }) => pid)).size).toBe(2);
  });

  test('a process without work ends, one that worked enough is replaced', async () => {
    const idle = await open({ idleMs: 50 }).run({ do: 'answer' });
    await expect.poll(() => isGone(idle.pid)).toBe(true);
    pool.close();
    const { run } = open({ jobsPerProcess: 2 });
    const pids: number[] = [];
    for (let job = 0; job < 4; job += 1) pids.push((await run({ do: 'answer' })).pid);
    expect(pids[0]).toBe(pids[1]);
    expect(pids[2]).toBe(pids[3]);
    expect(pids[1]).not.toBe(pids[2]);
  });

  test.each([
    ['spin', 'timed_out', { timeoutMs: 800 }],
    ['exit', 'crashed', {}],
    ['abort', 'crashed', {}],
    ['throw', 'crashed', {}],
    ['fill the heap', 'out_of_memory', {}],
  ])('a child that is asked to %s: %s', async (deed, reason, limits) => {
    const { run } = open({ limits });
    // The one behind it gets a fresh process and its answer.
    const [failure, next] = await Promise.all([reasonOf(run({ do: deed })), run({ do: 'answer' })]);
    expect(failure).toBe(reason);
    expect(next.pid).toBeGreaterThan(0);
  });

  test.runIf(process.platform === 'linux')('memory is limited, slow or fast', async () => {
    const { run } = open({ limits: { memoryMb: 200 } });
    expect(await reasonOf(run({ do: 'take memory bit by bit' }))).toBe('out_of_memory');
    // Eight gigabytes in one go: the kernel refuses, nobody has to look in time.
    expect(await reasonOf(run({ do: 'take memory at once' }))).toBe('out_of_memory');
    const { pid } = await run({ do: 'answer' });
    const limits = await readFile(`/proc/${pid}/limits`, 'utf8');
    expect(limits).toMatch(new RegExp(`^Max data size +${(200 + 768) * 2 ** 20} `, 'm'));
    expect(await readFile(`/proc/${pid}/oom_score_adj`, 'utf8')).toBe('1000\n');
  });

  test('closing ends what runs and what waits', async () => {
    const { run, close } = open();
    const { pid } = await run({ do: 'answer' });
    const reasons = [run({ do: 'spin' }), run({ do: 'answer' })].map(reasonOf);
    close();
    expect(await Promise.all(reasons)).toEqual(['closed', 'closed']);
    expect(await reasonOf(run({ do: 'answer' }))).toBe('closed');
    await expect.poll(() => isGone(pid)).toBe(true);
  });

  test('a process whose parent is gone ends by itself', async () => {
    open();
    const child = fork(SCRIPT, [], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    await once(child, 'spawn');
    child.disconnect();
    expect((await once(child, 'exit'))[0]).toBe(1);
  });

  test('an answer that is none is the caller’s to refuse', async () => {
    const refusing = createChildPool({
      script: SCRIPT,
      size: 1,
      maxWaiting: 1,
      idleMs: 1000,
      jobsPerProcess: 1,
      limits: LIMITS,
      parseAnswer: () => {
        throw new TypeError('expected a picture');
      },
    });
    await expect(refusing.run({ do: 'answer' })).rejects.toThrow('expected a picture');
    refusing.close();
  });
});
