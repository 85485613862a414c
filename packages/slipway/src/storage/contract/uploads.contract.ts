import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Storage } from '../storage.ts';
import {
  contentOf,
  flipped,
  isRefusal,
  newKey,
  type Subject,
  send,
  sha256,
  sign,
} from './subject.contract.ts';

const CROWD = 100;
const FEW = 10;
const bytes = randomBytes(70_000);

/** What the URL of a whole file takes, and what it does not. */
export function testUploads(subject: Subject): void {
  if (subject.can.createOnlyPut) testCreateOnly(subject);
  else testOverwriting(subject);
  if (subject.can.verifiesPut) testDigests(subject);
  else testClaims(subject);
  if (subject.server.signatures) testSignatures(subject);
}

function testCreateOnly({ storage, server }: Subject): void {
  const writers = server.thorough ? CROWD : FEW;

  test('never overwrites: the same URL again is refused and the bytes stay', async () => {
    const key = newKey();
    const grant = await sign(storage, { key, size: bytes.length });
    expect((await send(grant, bytes)).status).toBe(200);
    const again = await send(grant, randomBytes(bytes.length));
    expect([409, 412]).toContain(again.status);
    expect((await contentOf(storage, key))?.equals(bytes)).toBe(true);
  });

  test(`of ${writers} writers at once exactly one wins, and its bytes are whole`, async () => {
    const key = newKey();
    const grant = await sign(storage, { key, size: 7_000 });
    const bodies = Array.from({ length: writers }, () => randomBytes(7_000));
    const statuses = await Promise.all(
      bodies.map(async (body) => (await send(grant, body)).status),
    );
    const winners = bodies.filter((_, index) => statuses[index] === 200);
    expect(winners).toHaveLength(1);
    expect(statuses.filter((status) => status === 409 || status === 412)).toHaveLength(writers - 1);
    expect((await contentOf(storage, key))?.equals(winners[0] ?? Buffer.alloc(0))).toBe(true);
  });
}

/** Slipway hands out no URL of a file's own key then. */
function testOverwriting({ storage }: Subject): void {
  test('asks for no condition that its server does not keep', async () => {
    const { url, headers } = await sign(storage, { key: newKey(), size: 5 });
    expect(Object.keys(headers)).not.toContain('if-none-match');
    expect(url).not.toContain('if-none-match');
  });
}

function testDigests({ storage }: Subject): void {
  test('refuses bytes of another digest than was signed, then takes the right ones', async () => {
    const key = newKey();
    const grant = await sign(storage, { key, size: bytes.length, sha256: sha256(bytes) });
    expect(await send(grant, flipped(bytes))).toSatisfy(isRefusal);
    expect(await storage.head(key)).toBeNull();
    expect((await send(grant, bytes)).status).toBe(200);
    expect([sha256(bytes), null]).toContain((await storage.head(key))?.sha256);
    expect((await contentOf(storage, key))?.equals(bytes)).toBe(true);
  });
}

function testClaims({ storage }: Subject): void {
  test('believes no digest that its server did not compare', async () => {
    const key = newKey();
    const wish = { key, size: bytes.length, sha256: sha256(bytes) };
    const grant = await sign(storage, wish);
    expect(Object.keys(grant.headers)).not.toContain('x-amz-checksum-sha256');
    const claim = { 'x-amz-checksum-sha256': Buffer.alloc(32).toString('base64') };
    // Some refuse it, because it was not signed; those who store it must not be believed.
    await send(grant, bytes, claim);
    const found = await storage.head(key);
    expect(found === null || found.sha256 === null).toBe(true);
  });
}

function testSignatures({ storage, server }: Subject): void {
  if (server.thorough) {
    testExpiry(storage);
    testEveryCharacter(storage);
  }

  test.each([
    ['one byte less', -1],
    ['one byte more', 1],
  ])('refuses %s than was signed, and stores nothing', async (_, change) => {
    const key = newKey();
    const grant = await sign(storage, { key, size: bytes.length });
    expect(await send(grant, randomBytes(bytes.length + change))).toSatisfy(isRefusal);
    expect(await storage.head(key)).toBeNull();
  });

  test('refuses another content type, and stores nothing', async () => {
    const key = newKey();
    const grant = await sign(storage, { key, size: bytes.length });
    expect(await send(grant, bytes, { 'content-type': 'text/html' })).toSatisfy(isRefusal);
    expect(await storage.head(key)).toBeNull();
  });

  test('refuses a URL for another key', async () => {
    const [key, other] = [newKey(), newKey()];
    const grant = await sign(storage, { key, size: bytes.length });
    const response = await send({ ...grant, url: grant.url.replace(key, other) }, bytes);
    expect(response.status).toBe(403);
    expect(await storage.head(other)).toBeNull();
  });

  test('refuses a URL with a parameter more or less', async () => {
    const key = newKey();
    const body = randomBytes(5);
    const grant = await sign(storage, { key, size: body.length });
    const url = new URL(grant.url);
    const without = [...url.searchParams.keys()].map((name) => {
      const less = new URL(url);
      less.searchParams.delete(name);
      return less.href;
    });
    for (const changed of [`${grant.url}&versionId=1`, ...without])
      expect(await send({ ...grant, url: changed }, body), changed).toSatisfy(isRefusal);
    expect(await storage.head(key)).toBeNull();
  });
}

function testExpiry(storage: Storage): void {
  test('refuses a URL once it has expired', async () => {
    const key = newKey();
    const grant = await sign(storage, { key, size: bytes.length, expiresInSeconds: 1 });
    await wait(2_500);
    expect((await send(grant, bytes)).status).toBe(403);
    expect(await storage.head(key)).toBeNull();
  });
}

function testEveryCharacter(storage: Storage): void {
  test('refuses a URL of which any one character is another', async () => {
    const key = newKey();
    const body = randomBytes(5);
    const grant = await sign(storage, { key, size: body.length, sha256: sha256(body) });
    const start = new URL(grant.url).origin.length + 1;
    const changed = Array.from({ length: grant.url.length - start }, (_, index) => {
      const at = start + index;
      const char = grant.url[at] === 'x' ? 'y' : 'x';
      return `${grant.url.slice(0, at)}${char}${grant.url.slice(at + 1)}`;
    });
    const taken: string[] = [];
    await Promise.all(
      Array.from({ length: 16 }, async () => {
        for (let url = changed.pop(); url !== undefined; url = changed.pop()) {
          const response = await send({ ...grant, url }, body);
          await response.arrayBuffer();
          if (!isRefusal(response)) taken.push(`${response.status} ${url}`);
        }
      }),
    );
    expect(taken).toEqual([]);
    expect(await storage.head(key)).toBeNull();
    expect((await send(grant, body)).status).toBe(200);
  }, 60_000);
}
