import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClamd } from './clamd.ts';
import { parseClamdAddress } from './clamd-address.ts';
import { startTestClamd, type TestClamd } from './testing/clamd.ts';
import { zipOf } from './testing/zip.ts';

const MiB = 1024 * 1024;

let clamd: TestClamd;

beforeAll(async () => {
  clamd = await startTestClamd();
});
afterAll(() => clamd.kill());

function clientOf(url: string, options: Partial<Parameters<typeof createClamd>[0]> = {}) {
  const address = parseClamdAddress(url);
  if (address === undefined) throw new Error(`${url} is no address of a clamd`);
  return createClamd({ address, ...options });
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const opened = (bytes: Buffer) => async () => Readable.from([bytes], { objectMode: false });
const CLEAN = Buffer.from('Nothing to see here.\n');

describe.each(['tcp', 'unix'] as const)('a real clamd over %s', (way) => {
  const client = () => clientOf(clamd[way]);

  test('finds EICAR, and says which bytes it means', async () => {
    expect(await client().scan(opened(clamd.eicar))).toEqual({
      verdict: 'infected',
      signature: 'Eicar-Test-File.UNOFFICIAL',
      sha256: sha256(clamd.eicar),
      bytes: 68,
    });
  });

  test('finds EICAR in a zip', async () => {
    const zip = zipOf('harmless.txt', clamd.eicar);
    expect(await client().scan(opened(zip))).toMatchObject({
      verdict: 'infected',
      sha256: sha256(zip),
    });
  });

  test('calls clean text and nothing at all clean', async () => {
    for (const bytes of [CLEAN, Buffer.alloc(0), zipOf('harmless.txt', CLEAN)]) {
      expect(await client().scan(opened(bytes))).toEqual({
        verdict: 'clean',
        signature: null,
        sha256: sha256(bytes),
        bytes: bytes.length,
      });
    }
  });

  test('answers who it is, and that it is there', async () => {
    expect(await client().version()).toMatch(/^ClamAV \d+\.\d+/);
    await client().ping();
  });
});

test('EICAR over the border of two chunks is found, one byte at a time as well', async () => {
  const halves = [clamd.eicar.subarray(0, 34), Buffer.alloc(0), clamd.eicar.subarray(34)];
  const bytes = [...clamd.eicar].map((byte) => Buffer.from([byte]));
  for (const chunks of [halves, bytes]) {
    const found = await clientOf(clamd.tcp).scan(async () => Readable.from(chunks));
    expect(found).toMatchObject({ verdict: 'infected', sha256: sha256(clamd.eicar) });
  }
});

test('fifty scans at once each get their own verdict', async () => {
  const client = clientOf(clamd.unix, { atOnce: 5 });
  const results = await Promise.all(
    Array.from({ length: 50 }, async (_, n) => {
      const bytes = Buffer.concat([n % 2 === 0 ? clamd.eicar : CLEAN, Buffer.from(`\n${n}`)]);
      return { bytes, scanned: await client.scan(opened(bytes)) };
    }),
  );
  for (const [n, { bytes, scanned }] of results.entries()) {
    expect(scanned.verdict).toBe(n % 2 === 0 ? 'infected' : 'clean');
    expect(scanned.sha256).toBe(sha256(bytes));
  }
});

test('50 MiB go through in pieces, and the digest is theirs', async () => {
  const hash = createHash('sha256');
  const given: WeakRef<Buffer>[] = [];
  const held: number[] = [];
  async function* pieces() {
    for (let n = 0; n < 50 * 16; n += 1) {
      const piece = Buffer.alloc(MiB / 16, n);
      hash.update(piece);
      given.push(new WeakRef(piece));
      if (n % 100 === 99) held.push(await heldOf(given));
      yield piece;
    }
  }
  const scanned = await clientOf(clamd.tcp).scan(async () => Readable.from(pieces()));
  expect(scanned).toEqual({
    verdict: 'clean',
    signature: null,
    sha256: hash.digest('hex'),
    bytes: 50 * MiB,
  });
  expect(held).toHaveLength(8);
  expect(Math.max(...held)).toBeLessThan(5 * 16);
});

/** How many somebody still refers to. Other files' tests share the process, so its memory says nothing. */
async function heldOf(given: readonly WeakRef<object>[]): Promise<number> {
  // What a WeakRef was made or asked for stays until the turn is over.
  await setImmediate();
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return given.filter((ref) => ref.deref() !== undefined).length;
}

test('more than it is set to take is an error, never clean', async () => {
  const small = await startTestClamd({ settings: ['StreamMaxLength 1M'] });
  try {
    const client = clientOf(small.tcp);
    for (const bytes of [MiB + 1, 2 * MiB, 30 * MiB]) {
      const fault = await client.scan(opened(Buffer.alloc(bytes))).catch((error) => error.fault);
      // Its last words may be lost when it closes on bytes that it has not read.
      expect(['too_large', 'closed_early']).toContain(fault);
    }
    await expect(client.scan(opened(Buffer.alloc(MiB)))).resolves.toMatchObject({
      verdict: 'clean',
    });
  } finally {
    await small.kill();
  }
});

test('what it did not look into is an error, neither clean nor infected', async () => {
  const shallow = await startTestClamd({ settings: ['MaxFileSize 100K'] });
  try {
    await expect(clientOf(shallow.tcp).scan(opened(Buffer.alloc(MiB, 'a')))).rejects.toMatchObject({
      fault: 'not_examined',
      message: expect.stringContaining('Heuristics.Limits.Exceeded.MaxFileSize'),
    });
  } finally {
    await shallow.kill();
  }
});

test('killed in the middle it has said nothing; back again it goes on', async () => {
  const doomed = await startTestClamd();
  const client = clientOf(doomed.tcp);
  async function* endless() {
    for (let n = 0; ; n += 1) {
      if (n === 100) void doomed.kill();
      yield Buffer.alloc(MiB / 16);
    }
  }
  const source = Readable.from(endless());
  await expect(client.scan(async () => source)).rejects.toMatchObject({
    name: 'ScannerError',
    fault: 'closed_early',
  });
  expect(source.destroyed).toBe(true);
  await doomed.kill();
  await expect(client.scan(opened(CLEAN))).rejects.toMatchObject({ fault: 'unreachable' });
  await expect(client.ping()).rejects.toMatchObject({ fault: 'unreachable' });

  const again = await startTestClamd({ port: Number(new URL(doomed.tcp).port) });
  try {
    expect(await client.scan(opened(again.eicar))).toMatchObject({ verdict: 'infected' });
  } finally {
    await again.kill();
  }
});
