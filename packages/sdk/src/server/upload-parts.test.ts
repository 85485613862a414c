import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FAKE_KEY, FakeSlipway } from '../faults/fake-slipway.ts';
import { createSlipway, type Slipway } from './client.ts';
import { SlipwayError } from './errors.ts';

const PART = 64 * 1024;
const BYTES = new Uint8Array(randomBytes(12 * PART + 12_345));
const PARTS = 13;
const hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let fake: FakeSlipway;
let slipway: Slipway;

beforeEach(async () => {
  fake = await new FakeSlipway().listen();
  fake.parts.partSize = PART;
  slipway = createSlipway({ apiKey: FAKE_KEY, url: fake.url });
});
afterEach(() => fake.close());

/** A stream that tells how much of it was taken. */
function createStream(size = BYTES.length) {
  const state = { taken: 0 };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = BYTES.subarray(state.taken, Math.min(state.taken + 10_000, size));
        state.taken += piece.length;
        if (piece.length > 0) controller.enqueue(piece);
        if (state.taken >= size) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, state };
}

const film = { name: 'film.bin', size: BYTES.length };
const attempts = (number: number) => fake.parts.seen.filter((part) => part.number === number);
const stored = () => [...fake.stored.values()].map(({ bytes }) => bytes && hex(bytes));
const failureOf = async (work: Promise<unknown>): Promise<SlipwayError> => {
  const reason: unknown = await work.then(
    () => new Error('Expected a failure, but there was none.'),
    (error: unknown) => error,
  );
  if (!(reason instanceof SlipwayError)) throw reason;
  return reason;
};

const SOURCES = [
  ['bytes', () => BYTES],
  ['a buffer', () => BYTES.buffer],
  ['a Blob', () => new Blob([BYTES])],
  ['a stream', () => createStream().stream],
] as const;

describe('an upload in parts', () => {
  test.each(SOURCES)('takes %s', async (_, source) => {
    const file = await slipway.upload(source(), film);
    expect(file).toMatchObject({ status: 'ready', sha256: hex(BYTES) });
    expect(file.checksum).toMatch(/^sha256-parts:65536:[0-9a-f]{64}$/);
    expect(stored()).toEqual([hex(BYTES)]);
    expect(fake.parts.seen).toHaveLength(PARTS);
    expect(fake.count('POST /api/uploads/')).toBe(2);
  });

  test.each(SOURCES)('sends a damaged part of %s again, and no other', async (_, source) => {
    fake.parts.flips = ({ number }) => number === 5 && attempts(5).length === 1;
    await slipway.upload(source(), film);
    expect(stored()).toEqual([hex(BYTES)]);
    expect(attempts(5).map(({ status }) => status)).toEqual([422, 200]);
    expect(fake.parts.seen).toHaveLength(PARTS + 1);
  });

  test.each(SOURCES)('survives a restart of the server with %s', async (_, source) => {
    let restarted: Promise<void> | undefined;
    fake.parts.begins = ({ number }) => {
      if (number === 6) restarted ??= fake.restart(300);
    };
    await slipway.upload(source(), film);
    await restarted;
    expect(stored()).toEqual([hex(BYTES)]);
    expect(fake.parts.received - BYTES.length).toBeLessThanOrEqual(4 * PART);
  });

  test('renews URLs that expired', async () => {
    fake.parts.partTtl = -1;
    fake.parts.begins = () => {
      fake.parts.partTtl = 600_000;
    };
    await slipway.upload(BYTES, film);
    expect(fake.parts.seen.some(({ status }) => status === 403)).toBe(true);
    expect(stored()).toEqual([hex(BYTES)]);
  });

  test('asks what arrived when an answer was lost', async () => {
    fake.parts.losesAnswer = ({ number }) => number === 3;
    await slipway.upload(createStream().stream, film);
    expect(attempts(3)).toHaveLength(1);
  });

  test('sends a part again that the storage lost', async () => {
    fake.parts.begins = ({ id, number }) => {
      if (number === PARTS && attempts(PARTS).length === 1) fake.parts.lose(id, 2);
    };
    await slipway.upload(BYTES, film);
    expect(attempts(2)).toHaveLength(2);
    expect(stored()).toEqual([hex(BYTES)]);
  });

  test('keeps no more of a stream in memory than a few parts', async () => {
    const gate = Promise.withResolvers<void>();
    fake.parts.begins = () => gate.promise;
    const { stream, state } = createStream();
    const work = slipway.upload(stream, film);
    while (fake.parts.seen.length < 4) await sleep(5);
    await sleep(50);
    expect(state.taken).toBeLessThanOrEqual(9 * PART);
    gate.resolve();
    expect((await work).status).toBe('ready');
  });

  test('sends no digests when they are not wanted', async () => {
    await slipway.upload(BYTES, { ...film, sha256: false });
    expect(fake.seen.some(({ body }) => JSON.stringify(body)?.includes('sha256'))).toBe(false);
    expect(stored()).toEqual([hex(BYTES)]);
  });

  test('never sends its key to the addresses of parts', async () => {
    // The fake refuses calls that bring one.
    await slipway.upload(BYTES, film);
    expect(fake.count('POST /api/uploads/')).toBeGreaterThan(0);
  });
});

describe('an upload in parts that fails', () => {
  const statuses = () => [...fake.stored.keys()].map((id) => fake.parts.statusOf(id));

  test.each([
    ['shorter', BYTES.length - 1, BYTES.length],
    ['longer', BYTES.length, BYTES.length - 1],
  ])('because its stream is %s than declared leaves nothing', async (_, real, declared) => {
    const { stream } = createStream(real);
    const failure = await failureOf(slipway.upload(stream, { ...film, size: declared }));
    expect(failure.code).toBe('invalid_source');
    expect(statuses()).toEqual(['deleted']);
  });

  test('because every attempt is damaged leaves nothing', async () => {
    fake.parts.flips = () => true;
    const stubborn = createSlipway({ apiKey: FAKE_KEY, url: fake.url, retries: 1 });
    expect((await failureOf(stubborn.upload(BYTES, film))).code).toBe('digest_mismatch');
    expect(statuses()).toEqual(['deleted']);
  });

  test('because its caller stopped it leaves nothing', async () => {
    const controller = new AbortController();
    fake.parts.begins = ({ number }) => {
      if (number === 3) controller.abort(new Error('enough'));
    };
    const work = slipway.upload(BYTES, { ...film, signal: controller.signal });
    await expect(work).rejects.toThrow('enough');
    expect(statuses()).toEqual(['deleted']);
  });

  test('because its caller stopped it while the stream was silent leaves nothing', async () => {
    const controller = new AbortController();
    const asked = Promise.withResolvers<void>();
    const silent = new ReadableStream<Uint8Array>(
      {
        start: (stream) => stream.enqueue(BYTES.subarray(0, 100)),
        // Whoever reads on knows where to send it; nothing more comes.
        pull: () => asked.resolve(),
      },
      { highWaterMark: 0 },
    );
    const work = slipway.upload(silent, { ...film, signal: controller.signal });
    const stopped = expect(work).rejects.toThrow('enough');
    await asked.promise;
    expect(fake.stored.size).toBe(1);
    controller.abort(new Error('enough'));
    await stopped;
    expect(statuses()).toEqual(['deleted']);
  });
});
