import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UTApi, UTFile } from 'uploadthing/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ServedSlipway } from '../testing/serve.ts';
import { serveForApps, type UploadthingProject, uploadthingProject } from './testing/world.ts';

let slipway: ServedSlipway;
let app: UploadthingProject;
let api: UTApi;

beforeAll(async () => {
  slipway = await serveForApps();
  app = await uploadthingProject(slipway);
  // Nothing but the environment says where the SDK speaks to.
  Object.assign(process.env, app.variables);
  api = new UTApi({ logLevel: 'None' });
});

afterAll(async () => {
  for (const name of Object.keys(app.variables)) delete process.env[name];
  await slipway.close();
});

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');
const bytesAt = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());

async function upload(text: string, name = 'note.txt', customId?: string) {
  const { data, error } = await api.uploadFiles(
    new UTFile([text], name, { type: 'text/plain', ...(customId && { customId }) }),
  );
  if (data === null) throw new Error(JSON.stringify(error));
  return data;
}

test('files go up, and are where the SDK says', async () => {
  const bytes = randomBytes(3_000_000);
  const files = [
    new UTFile([bytes], 'größe 100%+ & "mehr".bin', { type: 'application/octet-stream' }),
    new UTFile([], 'empty.bin', { type: 'application/octet-stream' }),
  ];
  const [large, empty] = await api.uploadFiles(files, { concurrency: 2 });
  expect(large?.error).toBeNull();
  expect(large?.data).toMatchObject({ name: 'größe 100%+ & "mehr".bin', fileHash: md5(bytes) });
  expect((await bytesAt(large?.data?.ufsUrl ?? '')).equals(bytes)).toBe(true);
  expect(empty?.data).toMatchObject({ size: 0, fileHash: md5(new Uint8Array()) });
  expect(await bytesAt(empty?.data?.ufsUrl ?? '')).toHaveLength(0);
  // Without the app in it the address is the same file.
  const short = `${slipway.url}/f/${large?.data?.key}`;
  expect((await bytesAt(short)).equals(bytes)).toBe(true);
  const { files: listed } = await api.listFiles({ limit: 2 });
  expect(listed.find(({ key }) => key === large?.data?.key)).toMatchObject({
    name: 'größe 100%+ & "mehr".bin',
    size: 3_000_000,
    status: 'Uploaded',
    customId: null,
  });
});

test('a file from an address', async () => {
  const server = createServer((_, response) => void response.end('from afar'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { data } = await api.uploadFilesFromUrl(`http://127.0.0.1:${port}/afar.txt`);
  server.close();
  expect(data?.name).toBe('afar.txt');
  expect((await bytesAt(data?.ufsUrl ?? '')).toString()).toBe('from afar');
});

test('files are listed page by page, renamed, found by customId, counted and deleted', async () => {
  const before = await api.getUsageInfo();
  const one = await upload('one', 'one.txt', 'id-1');
  const two = await upload('two', 'two.txt');
  const usage = await api.getUsageInfo();
  expect(usage.filesUploaded - before.filesUploaded).toBe(2);
  expect(usage.appTotalBytes - before.appTotalBytes).toBe(6);
  const first = await api.listFiles({ limit: 1 });
  const second = await api.listFiles({ limit: 1, offset: 1 });
  expect([first.files[0]?.key, second.files[0]?.key]).toEqual([two.key, one.key]);
  expect(first.hasMore).toBe(true);
  await api.renameFiles([
    { fileKey: two.key, newName: 'second.txt' },
    { customId: 'id-1', newName: 'first.txt' },
  ]);
  const { files } = await api.listFiles({ limit: 2 });
  expect(files.map(({ name }) => name)).toEqual(['second.txt', 'first.txt']);
  const urls = await api.getFileUrls('id-1', { keyType: 'customId' });
  expect(urls.data).toEqual([{ key: one.key, url: one.ufsUrl }]);
  const byCustomId = one.ufsUrl.replace(one.key, 'id-1');
  expect((await bytesAt(byCustomId)).toString()).toBe('one');
  expect(await api.deleteFiles([one.key, two.key, 'never'])).toEqual({
    success: true,
    deletedCount: 2,
  });
  expect(await api.deleteFiles(one.key)).toEqual({ success: true, deletedCount: 0 });
  expect((await fetch(one.ufsUrl)).status).toBe(404);
  // The customId is free again; the key never is.
  expect((await upload('three', 'three.txt', 'id-1')).customId).toBe('id-1');
});

test('a private file opens by a signed address alone, until that expires', async () => {
  const { key, ufsUrl } = await upload('a secret');
  expect((await fetch(ufsUrl)).status).toBe(200);
  await api.updateACL(key, 'private');
  expect((await fetch(ufsUrl)).status).toBe(404);
  const own = await api.generateSignedURL(key, { expiresIn: '1h' });
  expect((await bytesAt(own.ufsUrl)).toString()).toBe('a secret');
  const asked = await api.getSignedURL(key, { expiresIn: 60 });
  expect((await bytesAt(asked.ufsUrl)).toString()).toBe('a secret');
  const changed = own.ufsUrl.replace(/expires=(\d)/, (_, digit) => `expires=${Number(digit) + 1}`);
  expect((await fetch(changed)).status).toBe(403);
  const elsewhere = await upload('another');
  await api.updateACL(elsewhere.key, 'private');
  expect((await fetch(own.ufsUrl.replace(key, elsewhere.key))).status).toBe(403);
  await api.updateACL(key, 'public-read');
  expect((await fetch(ufsUrl)).status).toBe(200);
  const { data } = await api.uploadFiles(new UTFile(['x'], 'x.txt', { type: 'text/plain' }), {
    acl: 'private',
    contentDisposition: 'attachment',
  });
  expect((await fetch(data?.ufsUrl ?? '')).status).toBe(404);
  const signed = await fetch((await api.generateSignedURL(data?.key ?? '')).ufsUrl);
  expect(signed.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(signed.headers.get('cache-control')).toMatch(/^private/);
});

test('in a private project a public file is one, and the others are not', async () => {
  const other = await uploadthingProject(slipway, { visibility: 'private' });
  const options = { token: other.variables.UPLOADTHING_TOKEN, logLevel: 'None' } as const;
  const theirs = new UTApi(options);
  const file = () => new UTFile(['x'], 'x.txt', { type: 'text/plain' });
  const plain = await theirs.uploadFiles(file());
  const open = await theirs.uploadFiles(file(), { acl: 'public-read' });
  expect((await fetch(plain.data?.ufsUrl ?? '')).status).toBe(404);
  expect((await fetch(open.data?.ufsUrl ?? '')).status).toBe(200);
  // Another app sees and does nothing here.
  const key = plain.data?.key ?? '';
  expect(await api.deleteFiles(key)).toMatchObject({ deletedCount: 0 });
  expect((await api.getFileUrls(key)).data).toEqual([]);
  await expect(api.getSignedURL(key)).rejects.toThrow();
  await expect(api.updateACL(key, 'public-read')).rejects.toThrow();
  await expect(api.renameFiles({ fileKey: key, newName: 'x' })).rejects.toThrow();
  const wrong = (await api.generateSignedURL(key)).ufsUrl.replace(app.projectId, other.projectId);
  expect((await fetch(wrong)).status).toBe(403);
  const { files } = await theirs.listFiles();
  expect(files).toHaveLength(2);
});

test('rules hold: what is no picture is none here either', async () => {
  const { data, error } = await api.uploadFiles(
    new UTFile(['<script>'], 'a.png', { type: 'image/png' }),
  );
  expect(data).toBeNull();
  expect(error?.code).toBe('UPLOAD_FAILED');
  const { files } = await api.listFiles({ limit: 1 });
  expect(files[0]).toMatchObject({ name: 'a.png', status: 'Failed' });
});
