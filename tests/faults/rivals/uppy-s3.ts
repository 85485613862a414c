import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, stop } from 'esbuild';
import { chromium } from 'playwright-core';
import { versitygw } from '../../../scripts/judges/versitygw.ts';
import { findChromium } from '../../../scripts/stack/find-chromium.ts';
import { askS3, presign, type S3Access } from '../clients/s3.ts';
import { digestOf, makeSubject, type Subject } from '../clients/subject.ts';
import { createFaultProxy } from '../proxy/fault-proxy.ts';
import { flipSome } from '../proxy/plan.ts';
import type { RivalReport, RivalWish } from './rivals.ts';

const PACKAGES = ['@uppy/core@6.3.1', '@uppy/aws-s3@6.3.1'];

/** Runs in the page: each file goes up by itself, and what Uppy says of it is the answer. */
const PAGE = `
  import { Uppy } from '@uppy/core';
  import AwsS3 from '@uppy/aws-s3';
  globalThis.upload = async (name) => {
    const data = await (await fetch('/' + name)).blob();
    const uppy = new Uppy();
    uppy.use(AwsS3, {
      signRequest: async (request) => ({ url: await globalThis.sign(request) }),
      generateObjectKey: (file) => file.name,
      shouldUseMultipart: (file) => file.size > 5 * 1024 * 1024,
      getChunkSize: () => 5 * 1024 * 1024,
    });
    uppy.addFile({ name, data, type: 'application/octet-stream' });
    const result = await uppy.upload();
    return result.successful.length === 1;
  };
`;

/** Uppy in a browser, with URLs signed as its page shows it, to a real S3 server. */
export async function uploadWithUppy(wish: RivalWish): Promise<RivalReport | string> {
  const prepared = await versitygw.prepare(wish.say);
  if ('reason' in prepared) return `skipped: no versitygw, because ${prepared.reason}`;
  const script = await bundlePage();
  if (script === undefined) return `skipped: npm could not install ${PACKAGES.join(' and ')}`;
  const judge = await prepared.start();
  const { random, uploads } = wish;
  const plan = flipSome(random.fork('uppy'), 1 / 3, ({ method }) => method === 'PUT');
  const proxy = await createFaultProxy({ target: judge.endpoint, plan });
  const subjects = Array.from({ length: uploads }, (_, index) =>
    makeSubject(random, index % 5 === 0 ? 'multipart' : 'single', `uppy-${index}`),
  );
  const origin = await servePage(script, subjects);
  const { bucket } = judge;
  try {
    await prepareBucket(judge, bucket, origin.url);
    const said = await runPage(origin.url, {
      executablePath: findChromium(wish.say),
      sign: (request) => signFor({ ...judge, endpoint: proxy.url }, bucket, request),
      names: subjects.map(({ name }) => name),
    });
    let acceptedWrong = 0;
    for (const { name, sha256 } of subjects.filter((subject) => said.get(subject.name))) {
      const object = await askS3(judge, { method: 'GET', path: `${bucket}/${name}` });
      if (digestOf(new Uint8Array(await object.arrayBuffer())) !== sha256) acceptedWrong++;
    }
    const transfers = proxy.exchanges.filter(({ method }) => method === 'PUT');
    const flipped = transfers.filter((transfer) => transfer.flipped !== null).length;
    const failed = subjects.filter(({ name }) => !said.get(name)).length;
    return { uploads, transfers: transfers.length, flipped, acceptedWrong, failed };
  } finally {
    await origin.close();
    await proxy.stop();
    await judge.stop();
  }
}

/** Uppy's packages are fetched for this run only: the repository needs none of them. */
async function bundlePage(): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'uppy-'));
  try {
    const install = ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-save'];
    const { status } = spawnSync('npm', [...install, ...PACKAGES], { encoding: 'utf8' });
    if (status !== 0) return undefined;
    const { outputFiles } = await build({
      stdin: { contents: PAGE, resolveDir: folder },
      bundle: true,
      format: 'iife',
      write: false,
      logLevel: 'silent',
    });
    return outputFiles[0]?.text;
  } finally {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function servePage(script: string, subjects: readonly Subject[]) {
  const files = new Map(subjects.map(({ name, bytes }) => [`/${name}`, bytes]));
  const server = createServer((request, response) => {
    const bytes = files.get(request.url ?? '');
    if (bytes === undefined) {
      response.setHeader('content-type', 'text/html');
      response.end(`<!doctype html><title>Uppy</title><script>${script}</script>`);
    } else response.end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function runPage(
  url: string,
  {
    executablePath,
    sign,
    names,
  }: {
    readonly executablePath: string;
    readonly sign: (request: Presignable) => string;
    readonly names: readonly string[];
  },
): Promise<Map<string, boolean>> {
  const browser = await chromium.launch({ executablePath });
  try {
    const page = await browser.newPage();
    await page.exposeFunction('sign', sign);
    await page.goto(url);
    const said = new Map<string, boolean>();
    for (const name of names) {
      said.set(name, (await page.evaluate(`upload(${JSON.stringify(name)})`)) === true);
    }
    return said;
  } finally {
    await browser.close();
  }
}

async function prepareBucket(access: S3Access, path: string, origin: string): Promise<void> {
  await askS3(access, { method: 'PUT', path });
  const methods = ['GET', 'PUT', 'POST', 'DELETE'].map(
    (method) => `<AllowedMethod>${method}</AllowedMethod>`,
  );
  const rule = `<AllowedOrigin>${origin}</AllowedOrigin>${methods.join('')}<AllowedHeader>*</AllowedHeader><ExposeHeader>ETag</ExposeHeader>`;
  const cors = `<CORSConfiguration><CORSRule>${rule}</CORSRule></CORSConfiguration>`;
  await askS3(access, { method: 'PUT', path, query: { cors: '' } }, cors);
}

/** What Uppy asks a server to sign. */
interface Presignable {
  readonly method: string;
  readonly key: string;
  readonly uploadId?: string;
  readonly partNumber?: number;
}

function signFor(access: S3Access, bucket: string, request: Presignable): string {
  const { method, key, uploadId, partNumber } = request;
  const query: Record<string, string | number> = {
    ...(uploadId === undefined ? (method === 'POST' ? { uploads: '' } : {}) : { uploadId }),
    ...(partNumber === undefined ? {} : { partNumber }),
  };
  return presign(access, { method, path: `${bucket}/${key}`, query });
}
