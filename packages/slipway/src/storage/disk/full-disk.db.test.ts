import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';

const modules = (path: string) => new URL(path, import.meta.url).href;

/** A server whose disk has room for 16 MiB: one file fits, a second does not, and does once the first is gone. */
const STORY = `
  import { readdirSync, statfsSync } from 'node:fs';
  import { createServer } from 'node:http';
  import { getRequestListener } from '@hono/node-server';
  import { createKernel } from '@repo/foundation/http';
  import { createLogger, createMetrics } from '@repo/foundation/telemetry';
  import { createUrlSigner } from '@repo/foundation/url-signer';
  import { createDiskStorage } from '${modules('./disk-storage.ts')}';
  import { mountIngest } from '${modules('./http.ts')}';

  const root = process.argv[1];
  const signer = createUrlSigner('a secret of at least thirty-two characters', 'test');
  const app = createKernel({
    log: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
    errorDocs: 'http://localhost/docs/errors',
    uploadPaths: ['/ingest/'],
  });
  mountIngest(app, { root, signer, now: () => new Date() });
  const server = createServer(getRequestListener(app.fetch));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const publicUrl = 'http://127.0.0.1:' + server.address().port;
  const storage = createDiskStorage({ root, publicUrl, signer });
  const body = Buffer.alloc(10 * 1024 * 1024, 'x');
  const free = () => { const { bavail, bsize } = statfsSync(root); return bavail * bsize; };
  async function put(name) {
    const key = 'full/' + name.padEnd(32, '0');
    const grant = await storage.signUpload({ key, size: body.length, type: 'a/b', expiresInSeconds: 60 });
    const response = await fetch(grant.url, { method: 'PUT', headers: grant.headers, body });
    const text = await response.text();
    return { key, status: response.status, code: text ? JSON.parse(text).error.code : null };
  }
  const first = await put('first');
  const freeBefore = free();
  const second = await put('second');
  const freeAfter = free();
  const left = readdirSync(root + '/temporary').length;
  const alive = (await fetch(publicUrl + '/nowhere')).status;
  await storage.delete(first.key);
  const again = await put('second');
  process.stdout.write(JSON.stringify({
    first, second, again, left, alive, recovered: freeAfter >= freeBefore - 65536,
    stored: await storage.head(again.key),
  }));
  server.closeAllConnections();
  server.close();
`;

// Only Linux lets a test have a small disk of its own without asking for anything.
if (process.platform === 'linux') {
  test('a full disk is said to be full, keeps nothing half, and takes uploads again when there is room', () => {
    const script =
      'mkdir -p "$1" && mount -t tmpfs -o size=16m none "$1" && exec "$2" --input-type=module --eval "$3" "$1"';
    const folder = `/tmp/full-disk-${process.pid}`;
    const { stdout, stderr, status } = spawnSync(
      'unshare',
      ['--map-root-user', '--mount', 'sh', '-c', script, 'sh', folder, process.execPath, STORY],
      { encoding: 'utf8', cwd: import.meta.dirname },
    );
    // Seen from here it is an empty folder: the small disk went with its process.
    rmSync(folder, { recursive: true, force: true });
    expect(status, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      first: { status: 200 },
      second: { status: 507, code: 'storage_full' },
      left: 0,
      recovered: true,
      alive: 404,
      again: { status: 200 },
      stored: { size: 10 * 1024 * 1024 },
    });
  }, 30_000);
}
