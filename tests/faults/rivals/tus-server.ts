import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Upload } from 'tus-js-client';
import { startPeer } from '../../../bench/child-process.ts';
import { digestOf, makeSubject, type Subject } from '../clients/subject.ts';
import { createFaultProxy } from '../proxy/fault-proxy.ts';
import { flipSome } from '../proxy/plan.ts';
import type { RivalReport, RivalWish } from './rivals.ts';

const SERVER = new URL('../../../bench/put/tus-server.ts', import.meta.url);

/** tus's own client and server, as their pages show them. */
export async function uploadToTusServer({ random, uploads }: RivalWish): Promise<RivalReport> {
  const directory = mkdtempSync(join(tmpdir(), 'tus-server-'));
  const server = await startPeer(SERVER, { directory }, AbortSignal.timeout(300_000));
  const plan = flipSome(random.fork('tus-server'), 1 / 3, ({ method }) => method === 'PATCH');
  const proxy = await createFaultProxy({ target: server.url, plan });
  let acceptedWrong = 0;
  let failed = 0;
  try {
    for (let index = 0; index < uploads; index++) {
      const subject = makeSubject(random, 'tus', `tus-server-${index}`);
      const id = await send(`${proxy.url}/files`, subject).catch(() => undefined);
      if (id === undefined) failed++;
      else if (digestOf(readFileSync(join(directory, id))) !== subject.sha256) acceptedWrong++;
    }
    const transfers = proxy.exchanges.filter(({ method }) => method === 'PATCH');
    const flipped = transfers.filter((transfer) => transfer.flipped !== null).length;
    return { uploads, transfers: transfers.length, flipped, acceptedWrong, failed };
  } finally {
    await proxy.stop();
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

function send(endpoint: string, { bytes, name }: Subject): Promise<string> {
  return new Promise((resolve, reject) => {
    const upload = new Upload(bytes, {
      endpoint,
      chunkSize: 512 * 1024,
      metadata: { filename: name },
      onError: reject,
      onSuccess: () => resolve(new URL(upload.url ?? '').pathname.split('/').at(-1) ?? ''),
    });
    upload.start();
  });
}
