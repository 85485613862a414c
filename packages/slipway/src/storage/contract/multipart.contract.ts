import { randomBytes } from 'node:crypto';
import { randomToken } from '@repo/foundation/ids';
import { expect, test } from 'vitest';
import type { MultipartRef, StoredPart } from '../storage.ts';
import {
  contentOf,
  flipped,
  newKey,
  refuses,
  type Subject,
  send,
  sha256,
  TYPE,
} from './subject.contract.ts';

const LAST = 1_000;

/** Uploads in parts: the parts' URLs, the list of them, and both ends. */
export function testMultipart(subject: Subject): void {
  const kit = multipartKit(subject);
  testParts(subject, kit);
  testEnds(subject, kit);
  if (subject.can.verifiesParts) testPartDigests(subject, kit);
  if (subject.can.copyPart) testCopiedParts(subject, kit);
  if (subject.can.listsMultiparts) testListing(subject, kit);
  if (subject.server.signatures) testPartSignatures(subject, kit);
}

type Kit = ReturnType<typeof multipartKit>;

function multipartKit({ storage, can }: Subject) {
  const partSize = Math.max(can.minPartSize, 65_536);
  const bodies = [randomBytes(partSize), randomBytes(LAST)] as const;
  const open = async (digests = false): Promise<MultipartRef> => {
    const key = newKey();
    return { key, uploadId: await storage.createMultipart({ key, type: TYPE, digests }) };
  };
  const urlOf = (
    upload: MultipartRef,
    number: number,
    wish: { size?: number; digest?: string } = {},
  ) =>
    storage.signPart({
      ...upload,
      number,
      size: wish.size ?? bodies[number - 1]?.length ?? 0,
      partSize,
      sha256: wish.digest,
      expiresInSeconds: 60,
    });
  const sendAll = async (upload: MultipartRef) => {
    for (const [index, body] of bodies.entries())
      expect((await send(await urlOf(upload, index + 1), body)).status).toBe(200);
  };
  const parts = async (upload: MultipartRef): Promise<StoredPart[]> =>
    (await storage.listParts(upload)) ?? [];
  const complete = async (upload: MultipartRef, list?: StoredPart[]) =>
    storage.completeMultipart({ ...upload, type: TYPE, parts: list ?? (await parts(upload)) });
  return { partSize, bodies, whole: Buffer.concat(bodies), open, urlOf, sendAll, parts, complete };
}

function testParts({ storage }: Subject, kit: Kit): void {
  const { bodies, open, urlOf, parts, partSize } = kit;

  test('an upload in parts begins empty, and lists what came, by number and size', async () => {
    const upload = await open();
    expect(await storage.listParts(upload)).toEqual([]);
    expect((await send(await urlOf(upload, 2), bodies[1])).status).toBe(200);
    expect((await send(await urlOf(upload, 1), bodies[0])).status).toBe(200);
    expect((await parts(upload)).map(({ number, size }) => [number, size])).toEqual([
      [1, partSize],
      [2, LAST],
    ]);
    expect(await storage.head(upload.key)).toBeNull();
    await storage.abortMultipart(upload);
  });

  test('a part that comes again takes the place of the first', async () => {
    const upload = await open();
    await kit.sendAll(upload);
    const before = await parts(upload);
    const other = randomBytes(LAST);
    expect((await send(await urlOf(upload, 2), other)).status).toBe(200);
    const after = await parts(upload);
    expect(after).toHaveLength(2);
    expect(after[0]).toEqual(before[0]);
    expect(after[1]?.etag).not.toBe(before[1]?.etag);
    await kit.complete(upload);
    const whole = Buffer.concat([bodies[0], other]);
    expect((await contentOf(storage, upload.key))?.equals(whole)).toBe(true);
  });

  test('completed with a part that came again since, it is nothing yet', async () => {
    const upload = await open();
    await kit.sendAll(upload);
    const stale = await parts(upload);
    expect((await send(await urlOf(upload, 2), randomBytes(LAST))).status).toBe(200);
    await expect(kit.complete(upload, stale)).rejects.toMatchObject({ code: 'object_missing' });
    expect(await storage.head(upload.key)).toBeNull();
    expect((await send(await urlOf(upload, 2), bodies[1])).status).toBe(200);
    await kit.complete(upload);
    expect((await contentOf(storage, upload.key))?.equals(kit.whole)).toBe(true);
  });

  test('parts that Slipway itself has are parts like others', async () => {
    const upload = await open();
    await storage.writePart({
      ...upload,
      number: 1,
      size: partSize,
      partSize,
      body: flipped(bodies[0]),
    });
    const written = await storage.writePart({
      ...upload,
      number: 1,
      size: partSize,
      partSize,
      body: bodies[0],
    });
    expect(written).toMatchObject({ number: 1, size: partSize });
    expect((await parts(upload)).map(({ etag }) => etag)).toEqual([written.etag]);
    expect((await send(await urlOf(upload, 2), bodies[1])).status).toBe(200);
    await kit.complete(upload);
    expect((await contentOf(storage, upload.key))?.equals(kit.whole)).toBe(true);
  });

  test('a part of an upload that never was is refused', async () => {
    const upload = await open();
    const stranger = { ...upload, uploadId: upload.uploadId.replace(/.{4}$/, randomToken(4)) };
    expect(await refuses(await urlOf(stranger, 2), bodies[1])).toBe(true);
    expect(await storage.listParts(stranger)).toBeNull();
    expect(await storage.listParts(upload)).toEqual([]);
    await storage.abortMultipart(upload);
  });
}

function testEnds({ storage }: Subject, kit: Kit): void {
  test('completed, it is one object of its type, and completing again changes nothing', async () => {
    const upload = await kit.open();
    await kit.sendAll(upload);
    const list = await kit.parts(upload);
    await kit.complete(upload, list);
    await kit.complete(upload, list);
    expect(await storage.head(upload.key)).toMatchObject({ size: kit.whole.length, type: TYPE });
    expect((await contentOf(storage, upload.key))?.equals(kit.whole)).toBe(true);
    expect(await storage.listParts(upload)).toBeNull();
  });

  test('completed, its URLs take nothing, and the object stays as it is', async () => {
    const upload = await kit.open();
    const urls = [await kit.urlOf(upload, 1), await kit.urlOf(upload, 2)];
    await kit.sendAll(upload);
    await kit.complete(upload);
    for (const [index, grant] of urls.entries())
      expect(await refuses(grant, flipped(kit.bodies[index] ?? kit.whole))).toBe(true);
    expect((await contentOf(storage, upload.key))?.equals(kit.whole)).toBe(true);
  });

  test.each(['a part that is not there', 'a part that was replaced', 'a part twice'])(
    'refuses to complete with %s, and makes no object',
    async (what) => {
      const upload = await kit.open();
      await kit.sendAll(upload);
      const [first, last] = await kit.parts(upload);
      if (first === undefined || last === undefined) throw new Error('expected two parts');
      if (what === 'a part that was replaced')
        await send(await kit.urlOf(upload, 2), randomBytes(LAST));
      const lists: Record<string, StoredPart[]> = {
        'a part that is not there': [first, last, { ...last, number: 3, etag: '"0"' }],
        'a part that was replaced': [first, last],
        'a part twice': [first, first, last],
      };
      await expect(kit.complete(upload, lists[what])).rejects.toThrow();
      expect(await storage.head(upload.key)).toBeNull();
      await storage.abortMultipart(upload);
    },
  );

  test('aborted, it is gone with its parts, and so are its URLs', async () => {
    const upload = await kit.open();
    await kit.sendAll(upload);
    const grant = await kit.urlOf(upload, 2);
    await storage.abortMultipart(upload);
    await storage.abortMultipart(upload);
    expect(await storage.listParts(upload)).toBeNull();
    expect(await refuses(grant, kit.bodies[1])).toBe(true);
    expect(await storage.head(upload.key)).toBeNull();
  });
}

function testPartDigests({ storage }: Subject, kit: Kit): void {
  test('refuses a part of another digest than was signed, and takes the right one', async () => {
    const upload = await kit.open(true);
    const digests = kit.bodies.map(sha256);
    for (const [index, body] of kit.bodies.entries()) {
      const grant = await kit.urlOf(upload, index + 1, { digest: digests[index] ?? '' });
      expect(await refuses(grant, flipped(body))).toBe(true);
      expect(await kit.parts(upload)).toHaveLength(index);
      expect((await send(grant, body)).status).toBe(200);
    }
    const list = await kit.parts(upload);
    for (const [index, part] of list.entries())
      expect([digests[index], null]).toContain(part.sha256);
    await kit.complete(upload, list);
    expect((await contentOf(storage, upload.key))?.equals(kit.whole)).toBe(true);
  });

  test('likewise a part that Slipway itself writes', async () => {
    const upload = await kit.open(true);
    const part = { ...upload, number: 1, size: LAST, partSize: kit.partSize };
    const digest = sha256(kit.bodies[1]);
    const wrong = storage.writePart({ ...part, body: flipped(kit.bodies[1]), sha256: digest });
    await expect(wrong).rejects.toThrow();
    expect(await kit.parts(upload)).toEqual([]);
    await storage.writePart({ ...part, body: kit.bodies[1], sha256: digest });
    await kit.complete(upload);
    expect((await contentOf(storage, upload.key))?.equals(kit.bodies[1])).toBe(true);
  });
}

function testCopiedParts({ storage }: Subject, kit: Kit): void {
  test('ranges of an object become parts', async () => {
    const from = newKey();
    await storage.put({ key: from, type: TYPE, body: Buffer.concat([kit.whole, kit.bodies[1]]) });
    const upload = await kit.open();
    const first = { start: 0, end: kit.partSize - 1 };
    await storage.copyPart({ ...upload, number: 1, from, range: first });
    const second = { start: kit.partSize, end: kit.whole.length - 1 };
    const copied = await storage.copyPart({ ...upload, number: 2, from, range: second });
    expect(copied).toMatchObject({ number: 2, size: LAST });
    await kit.complete(upload);
    expect((await contentOf(storage, upload.key))?.equals(kit.whole)).toBe(true);
  });

  test('says so when there is nothing to copy a part from', async () => {
    const upload = await kit.open();
    const range = { start: 0, end: 9 };
    const copied = storage.copyPart({ ...upload, number: 1, from: newKey(), range });
    await expect(copied).rejects.toMatchObject({ code: 'not_found' });
    await storage.abortMultipart(upload);
  });
}

function testListing({ storage }: Subject, kit: Kit): void {
  test('open uploads in parts are listed until they end', async () => {
    const [completed, aborted] = [await kit.open(), await kit.open()];
    const find = async ({ key, uploadId }: MultipartRef) => {
      for await (const open of storage.listMultiparts())
        if (open.key === key && open.uploadId === uploadId) return open;
      return null;
    };
    for (const upload of [completed, aborted]) {
      const startedAt = (await find(upload))?.startedAt ?? new Date(0);
      expect(Math.abs(startedAt.getTime() - Date.now())).toBeLessThan(600_000);
    }
    await kit.sendAll(completed);
    await kit.complete(completed);
    await storage.abortMultipart(aborted);
    expect(await find(completed)).toBeNull();
    expect(await find(aborted)).toBeNull();
  });
}

function testPartSignatures({ storage }: Subject, kit: Kit): void {
  test.each([
    ['one byte less', -1],
    ['one byte more', 1],
  ])('refuses a part of %s than was signed', async (_, change) => {
    const upload = await kit.open();
    const grant = await kit.urlOf(upload, 2);
    expect(await refuses(grant, randomBytes(LAST + change))).toBe(true);
    expect(await kit.parts(upload)).toEqual([]);
    await storage.abortMultipart(upload);
  });

  test('the URL of one part is none for another', async () => {
    const upload = await kit.open();
    const { url, ...grant } = await kit.urlOf(upload, 2);
    const other = url.replace(/(part(?:Number)?)=2/, '$1=3');
    expect(other).not.toBe(url);
    expect(await refuses({ ...grant, url: other }, kit.bodies[1])).toBe(true);
    expect(await kit.parts(upload)).toEqual([]);
    await storage.abortMultipart(upload);
  });
}
