import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { randomToken } from '@repo/foundation/ids';
import { expect, test } from 'vitest';
import { contentOf, newKey, type Subject, send, sign, TYPE } from './subject.contract.ts';

/** More than S3 lists at once; on a disk there are no pages. */
const PAGE = 1_003;
const FEW = 40;
const AT_ONCE = 50;

export function testObjects({ storage, server }: Subject): void {
  const bytes = randomBytes(70_000);
  const upload = async (key: string) =>
    send(await sign(storage, { key, size: bytes.length }), bytes);

  test('answers that it can be used', () => storage.check());

  test('takes an upload and gives back the same bytes', async () => {
    const key = newKey();
    expect((await upload(key)).status).toBe(200);
    expect(await storage.head(key)).toMatchObject({ size: bytes.length, type: TYPE });
    expect((await contentOf(storage, key))?.equals(bytes)).toBe(true);
  });

  test('reads a range', async () => {
    const key = newKey();
    await upload(key);
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
    await upload(key);
    await storage.delete(key);
    expect(await storage.head(key)).toBeNull();
    expect(await storage.read(key)).toBeNull();
  });

  test('takes an empty file', async () => {
    const key = newKey();
    expect((await send(await sign(storage, { key, size: 0 }), Buffer.alloc(0))).status).toBe(200);
    expect(await storage.head(key)).toMatchObject({ size: 0 });
  });

  test('stores what Slipway itself has, over what is there', async () => {
    const key = newKey();
    await storage.put({ key, type: TYPE, body: bytes });
    await storage.put({ key, type: 'text/plain', body: Buffer.from('another') });
    expect(await storage.head(key)).toMatchObject({ size: 7, type: 'text/plain' });
    expect(String(await contentOf(storage, key))).toBe('another');
  });

  test('copies inside, with another type, over what is there', async () => {
    const [from, to] = [newKey(), newKey()];
    await upload(from);
    await storage.put({ key: to, type: TYPE, body: Buffer.from('before') });
    await storage.copy({ from, to, type: 'image/webp' });
    expect(await storage.head(to)).toMatchObject({ size: bytes.length, type: 'image/webp' });
    expect((await contentOf(storage, to))?.equals(bytes)).toBe(true);
    expect((await contentOf(storage, from))?.equals(bytes)).toBe(true);
  });

  test('says so when there is nothing to copy, and leaves what is at the other end', async () => {
    const to = newKey();
    await storage.put({ key: to, type: TYPE, body: Buffer.from('stays') });
    await expect(storage.copy({ from: newKey(), to, type: TYPE })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(String(await contentOf(storage, to))).toBe('stays');
  });

  test('lists everything once, bytewise, after any key', async () => {
    const folder = `list${randomToken(12)}`;
    const many = server.thorough && storage.kind === 's3' ? PAGE : FEW;
    const keys = Array.from({ length: many }, () => {
      const key = `${folder}/${randomToken(20)}`;
      // Digits and small letters are in the same order everywhere.
      return server.order ? key : `${folder}/${key.slice(folder.length + 1).toLowerCase()}`;
    }).sort((a, b) => (a < b ? -1 : 1));
    const queue = keys.map((key) => ({ key, type: TYPE, body: Buffer.from('x') }));
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = queue.pop(); next !== undefined; next = queue.pop())
          await storage.put(next);
      }),
    );
    expect(await listedFrom(`${folder}/`)).toEqual(keys);
    const middle = keys[Math.floor(keys.length / 2)] ?? '';
    expect(await listedFrom(middle)).toEqual(keys.slice(keys.indexOf(middle) + 1));

    async function listedFrom(after: string): Promise<string[]> {
      const found: string[] = [];
      for await (const { key, size, modifiedAt } of storage.list(after)) {
        if (!key.startsWith(`${folder}/`)) break;
        expect(size).toBe(1);
        expect(Math.abs(modifiedAt.getTime() - Date.now())).toBeLessThan(600_000);
        found.push(key);
      }
      return found;
    }
  }, 60_000);

  test('its own download URL, where it has one, serves bytes, type and name', async () => {
    const key = newKey();
    await upload(key);
    const disposition = 'attachment; filename="a.png"';
    const wish = { key, expiresInSeconds: 60, type: TYPE, disposition };
    const url = await storage.signDownload(wish);
    if (url === null) {
      expect(storage.kind).toBe('disk');
      return;
    }
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toBe(TYPE);
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    if (server.signatures) {
      expect(response.headers.get('content-disposition')).toBe(disposition);
      expect((await fetch(url.replace('attachment', 'inline'))).status).toBe(403);
    }
  });
}
