import { createHash, randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { randomToken } from '@repo/foundation/ids';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SignUpload, Storage, UploadGrant } from './storage.ts';

/** What a server behind a storage enforces by itself. Ours promises all of it; some test servers check less. */
export interface Enforces {
  /** Signatures, their expiry, and the headers they cover (size, type). */
  signatures: boolean;
  /** `If-None-Match: *`, also between writers at the same time. */
  createOnly: boolean;
  /** A pinned SHA-256. */
  checksums: boolean;
}

export const ENFORCES_ALL: Enforces = { signatures: true, createOnly: true, checksums: true };

const newKey = () => `contract/${randomToken(32)}.png`;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function put(
  grant: UploadGrant,
  body: Uint8Array,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(grant.url, {
    method: grant.method,
    headers: { ...grant.headers, ...headers },
    body: new Uint8Array(body),
  });
}

/**
 * What every storage must do, over real HTTP as a browser would. Run it against
 * each implementation and each server.
 */
export function describeStorage(
  name: string,
  open: () => Promise<Storage>,
  enforces: Enforces = ENFORCES_ALL,
): void {
  describe(name, () => {
    let storage: Storage;
    const bytes = randomBytes(70_000);

    beforeAll(async () => {
      storage = await open();
    });

    const sign = (change: Partial<SignUpload> = {}) =>
      storage.signUpload({
        key: newKey(),
        size: bytes.length,
        type: 'image/png',
        expiresInSeconds: 60,
        ...change,
      });

    async function contentOf(key: string): Promise<Buffer | null> {
      const stream = await storage.read(key);
      return stream === null ? null : buffer(stream);
    }

    test('answers that it can be used', () => storage.check());

    test('takes an upload and gives back the same bytes', async () => {
      const key = newKey();
      const response = await put(await sign({ key }), bytes);
      expect(response.status).toBe(200);
      expect(await storage.head(key)).toMatchObject({ size: bytes.length, type: 'image/png' });
      expect((await contentOf(key))?.equals(bytes)).toBe(true);
    });

    test('reads a range', async () => {
      const key = newKey();
      await put(await sign({ key }), bytes);
      const stream = await storage.read(key, { start: 100, end: 1099 });
      expect(stream).not.toBeNull();
      if (stream !== null)
        expect((await buffer(stream)).equals(bytes.subarray(100, 1100))).toBe(true);
    });

    test('knows what is not there, and deleting it is no error', async () => {
      const key = newKey();
      expect(await storage.head(key)).toBeNull();
      expect(await storage.read(key)).toBeNull();
      await storage.delete(key);
    });

    test('deletes', async () => {
      const key = newKey();
      await put(await sign({ key }), bytes);
      await storage.delete(key);
      expect(await storage.head(key)).toBeNull();
    });

    test('takes an empty file', async () => {
      const key = newKey();
      const response = await put(await sign({ key, size: 0 }), new Uint8Array());
      expect(response.status).toBe(200);
      expect(await storage.head(key)).toMatchObject({ size: 0 });
    });

    if (enforces.createOnly) {
      test('never overwrites: the same URL again is refused and the bytes stay', async () => {
        const key = newKey();
        const grant = await sign({ key });
        await put(grant, bytes);
        const again = await put(grant, randomBytes(bytes.length));
        expect([409, 412]).toContain(again.status);
        expect((await contentOf(key))?.equals(bytes)).toBe(true);
      });

      test('of twenty writers at once exactly one wins, and its bytes are whole', async () => {
        const key = newKey();
        const grant = await sign({ key });
        const bodies = Array.from({ length: 20 }, () => randomBytes(bytes.length));
        const statuses = await Promise.all(
          bodies.map(async (body) => (await put(grant, body)).status),
        );
        const winners = bodies.filter((_, index) => statuses[index] === 200);
        expect(winners).toHaveLength(1);
        expect((await contentOf(key))?.equals(winners[0] ?? Buffer.alloc(0))).toBe(true);
      });
    }

    if (enforces.signatures) {
      test.each([
        ['one byte less', -1],
        ['one byte more', 1],
      ])('refuses %s than was signed, and stores nothing', async (_, change) => {
        const key = newKey();
        const response = await put(await sign({ key }), randomBytes(bytes.length + change));
        expect(response.status).toBeGreaterThanOrEqual(400);
        expect(response.status).toBeLessThan(500);
        expect(await storage.head(key)).toBeNull();
      });

      test('refuses another content type, and stores nothing', async () => {
        const key = newKey();
        const response = await put(await sign({ key }), bytes, { 'content-type': 'text/html' });
        expect(response.status).toBeGreaterThanOrEqual(400);
        expect(await storage.head(key)).toBeNull();
      });

      test('refuses a URL for another key', async () => {
        const [key, other] = [newKey(), newKey()];
        const grant = await sign({ key });
        const response = await put({ ...grant, url: grant.url.replace(key, other) }, bytes);
        expect(response.status).toBe(403);
        expect(await storage.head(other)).toBeNull();
      });

      test('refuses a URL that has expired', async () => {
        const key = newKey();
        const grant = await sign({ key, expiresInSeconds: 1 });
        await new Promise((resolve) => setTimeout(resolve, 2_500));
        expect((await put(grant, bytes)).status).toBe(403);
        expect(await storage.head(key)).toBeNull();
      });
    }

    if (enforces.checksums) {
      test('refuses bytes of another digest than was signed, then takes the right ones', async () => {
        const key = newKey();
        const grant = await sign({ key, sha256: sha256(bytes) });
        const flipped = Buffer.from(bytes);
        flipped[1000] = (flipped[1000] ?? 0) ^ 1;
        const refused = await put(grant, flipped);
        expect(refused.status).toBeGreaterThanOrEqual(400);
        expect(refused.status).toBeLessThan(500);
        expect(await storage.head(key)).toBeNull();
        expect((await put(grant, bytes)).status).toBe(200);
        expect([sha256(bytes), null]).toContain((await storage.head(key))?.sha256);
      });
    }

    test('its own download URL, where it has one, serves bytes, type and name', async () => {
      const key = newKey();
      await put(await sign({ key }), bytes);
      const disposition = 'attachment; filename="a.png"';
      const url = await storage.signDownload({
        key,
        expiresInSeconds: 60,
        type: 'image/png',
        disposition,
      });
      if (url === null) {
        expect(storage.kind).toBe('disk');
        return;
      }
      const response = await fetch(url);
      expect(response.headers.get('content-type')).toBe('image/png');
      expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
      if (enforces.signatures)
        expect(response.headers.get('content-disposition')).toBe(disposition);
    });
  });
}
