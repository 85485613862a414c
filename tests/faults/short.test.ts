import { beforeAll, describe, expect, test } from 'vitest';
import { buildServer } from '../../bench/stack.ts';
import { chaos } from './chaos.ts';
import { cuts } from './cuts.ts';
import { flips } from './flips.ts';
import { seedOfRun } from './random.ts';
import type { Findings } from './stack/examine.ts';
import { workerKills } from './worker-kills.ts';

// Short runs of what `npm run test:faults` does at length.
const seed = seedOfRun();
const nothing = { wrong: [], lost: [], events: [], leftovers: [] } satisfies Partial<Findings>;

beforeAll(async () => {
  await buildServer(AbortSignal.timeout(120_000));
  await buildServer(AbortSignal.timeout(120_000), 'photoestate');
});

// Side by side: a killed worker's work is waited for most of the time.
describe.concurrent('uploads', () => {
  test('whatever is killed: no false ready, nothing lost, and one sweep leaves nothing behind', {
    concurrent: false,
  }, async () => {
    const report = await chaos({
      ...{ seed, uploads: { single: 50, multipart: 3, tus: 30 } },
      ...{ atOnce: 40, killEvery: 700, patience: 25_000 },
    });
    expect(report).toMatchObject(nothing);
    expect(Object.keys(report.deaths).length).toBeGreaterThan(1);
    // How long a client has to wait after a kill is no promise; that most get there is.
    expect(report.promised).toBeGreaterThan(60);
  });

  test('whatever bit is flipped: no wrong file becomes ready, and only one part is sent again', {
    concurrent: false,
  }, async () => {
    const report = await flips({ seed, uploads: { single: 12, multipart: 2, tus: 8 } });
    expect(report).toMatchObject({ ...nothing, notRecovered: [], sentTooMuch: [] });
    expect(report.flipped).toBeGreaterThan(0);
  });

  test('wherever an upload is cut: it goes on, in a new page, too, and no connection sends more than one part again', {
    concurrent: false,
  }, async () => {
    const restarts = ['nothing', 'browser', 'server'] as const;
    const report = await cuts({ seed, cuts: 9, lanes: 3, restarts });
    expect(report).toMatchObject({ ...nothing, notRecovered: [], sentTooMuch: [], missed: 0 });
  });
});

describe.concurrent('scenes', () => {
  test('whichever worker is killed, each scene of a shoot has one result and one debit', async () => {
    // What a killed worker held is taken up after half a minute.
    const times = { killEvery: 2_000, mostKills: 8, patience: 200_000 };
    const report = await workerKills({ seed, scenes: 6, workers: 2, ...times });
    expect(report).toMatchObject({ scenes: 6, wrong: [], ledger: [], crashes: [] });
    expect(report.kills).toBeGreaterThan(1);
  }, 300_000);
});
