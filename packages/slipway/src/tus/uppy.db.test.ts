import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { eq } from 'drizzle-orm';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { file } from '../file/table.ts';
import { type RoundRobin, startRoundRobin } from './testing/round-robin.ts';
import { startServerPool } from './testing/server-pool.ts';
import { startTusWorld, type TusWorld } from './testing/world.ts';

/** What a site's page would hold; `send` is what its button does. */
const PAGE = `
  import Uppy from '${fileURLToPath(import.meta.resolve('@uppy/core'))}';
  import Tus from '${fileURLToPath(import.meta.resolve('@uppy/tus'))}';

  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

  globalThis.send = async ({ endpoint, token, options, sizes }) => {
    const uppy = new Uppy({ autoProceed: false }).use(Tus, {
      endpoint,
      headers: { authorization: 'Bearer ' + token },
      retryDelays: [0, 100, 500, 1000],
      ...options,
    });
    const digests = {};
    for (const size of sizes) {
      const bytes = new Uint8Array(size);
      for (let at = 0; at < size; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
      // Uppy takes a file of the same name for the one that it sent before.
      const name = crypto.randomUUID() + '.bin';
      digests[name] = hex(await crypto.subtle.digest('SHA-256', bytes));
      uppy.addFile({ name, type: 'application/octet-stream', data: new Blob([bytes]) });
    }
    const { successful, failed } = await uppy.upload();
    return {
      digests,
      urls: successful.map(({ uploadURL }) => uploadURL),
      failures: failed.map(({ error }) => String(error)),
    };
  };
`;

interface Outcome {
  digests: Record<string, string>;
  urls: string[];
  failures: string[];
}

let world: TusWorld;
let proxy: RoundRobin;
let pool: ReturnType<typeof startServerPool>;
let browser: Browser;
let page: Page;
const site = createServer((request, response) => {
  const isScript = request.url === '/page.js';
  response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
  response.end(isScript ? script : '<script type="module" src="/page.js"></script>');
});
let script = '';

beforeAll(async () => {
  world = await startTusWorld();
  proxy = await startRoundRobin();
  const { DATABASE_URL, DATA_DIR, SLIPWAY_SECRET } = world.runtime.env;
  pool = startServerPool(
    {
      ...{ DATABASE_URL, DATA_DIR, SLIPWAY_SECRET },
      ...{ LOG_LEVEL: 'silent', SLIPWAY_ROLE: 'api', SLIPWAY_URL: proxy.url },
    },
    0,
  );
  const servers = await Promise.all([pool.start(), pool.start()]);
  proxy.targets = servers.map(({ url }) => url);
  const bundle = await build({
    stdin: { contents: PAGE, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
  });
  script = bundle.outputFiles[0]?.text ?? '';
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  browser = await chromium.launch({ executablePath, args: ['--disable-gpu', '--disable-quic'] });
  page = await browser.newPage();
  // A site of its own: every request to Slipway is one to a stranger, and asked for beforehand.
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
  await page.waitForFunction('typeof send === "function"');
}, 60_000);

afterAll(async () => {
  await browser.close();
  site.close();
  await pool.close();
  await proxy.close();
  await world.close();
});

async function tokenOf(
  key: string,
  limits: object = {},
): Promise<{ token: string; endpoint: string }> {
  const response = await fetch(`${proxy.url}/api/upload-token`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(limits),
  });
  return (await response.json()) as { token: string; endpoint: string };
}

async function send(key: string, input: { options?: object; sizes: number[]; limits?: object }) {
  const wish = { ...(await tokenOf(key, input.limits)), options: {}, ...input };
  const call = `send(${JSON.stringify(wish)})`;
  return page.evaluate<Outcome>(call);
}

async function expectReady({ digests, urls, failures }: Outcome): Promise<void> {
  expect(failures).toEqual([]);
  expect(urls).toHaveLength(Object.keys(digests).length);
  for (const url of urls) {
    const id = new URL(url).pathname.slice('/tus/'.length);
    const [row] = await world.runtime.db.select().from(file).where(eq(file.id, id));
    expect(row).toMatchObject({ status: 'ready', sha256: digests[row?.name ?? ''] });
  }
}

test('@uppy/tus sends from another site, with a token, through two processes', async () => {
  const { key } = await world.project();
  await expectReady(await send(key, { sizes: [3_000_000, 1_000, 5_000_000] }));
  await expectReady(await send(key, { sizes: [5_000_000], options: { chunkSize: 1_000_000 } }));
  await expectReady(
    await send(key, { sizes: [7_000_000], options: { parallelUploads: 3, chunkSize: 1_000_000 } }),
  );
  expect(proxy.served.size).toBe(2);
  expect([...proxy.served.values()].every((requests) => requests > 10)).toBe(true);
});

test('@uppy/tus goes on where a connection broke', async () => {
  const { key } = await world.project();
  let cuts = 4;
  proxy.cutAfter = () => (cuts-- > 0 ? 1_000_000 : undefined);
  await expectReady(await send(key, { sizes: [6_000_000] }));
  proxy.cutAfter = undefined;
});

test('@uppy/tus is told why a file is refused', async () => {
  const { key } = await world.project();
  const { failures } = await send(key, { sizes: [10, 1_000], limits: { maxSize: 100 } });
  expect(failures).toHaveLength(1);
  expect(failures[0]).toContain('file_too_large');
});
