import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { sweepFiles } from '../file/sweep.ts';
import { type ServedSlipway, serveTestSlipway } from '../testing/serve.ts';
import { scanVerdict } from './table.ts';
import { startTestClamd } from './testing/clamd.ts';
import {
  CLEAN,
  customerOf,
  fresh,
  later,
  sha256,
  stored,
  UNREACHABLE,
} from './testing/customer.ts';

describe('verdicts are about bytes', () => {
  async function verdictOn(slipway: ServedSlipway, bytes: Buffer) {
    const [row] = await slipway.runtime.db
      .select()
      .from(scanVerdict)
      .where(eq(scanVerdict.sha256, sha256(bytes)));
    return row;
  }

  test('the same bytes are not scanned again until the database is another one', async () => {
    let clamd = await startTestClamd({ database: 27812 });
    const slipway = await serveTestSlipway({ CLAMD_URL: clamd.tcp });
    try {
      const customer = await customerOf(slipway, 'required');
      const upload = async (bytes: Buffer) => {
        const answer = await customer.complete((await customer.send(bytes)).id);
        return answer.body.scan ?? answer.body.error.code;
      };
      expect([await upload(CLEAN), await upload(clamd.eicar)]).toEqual(['clean', 'infected']);
      const before = [await verdictOn(slipway, CLEAN), await verdictOn(slipway, clamd.eicar)];
      expect(before).toMatchObject([
        { verdict: 'clean', signature: null, engine: expect.stringContaining('/27812/') },
        { verdict: 'infected', signature: 'Eicar-Test-File.UNOFFICIAL' },
      ]);

      // Of another tenant, too; the scanner would have left its time.
      const other = await customerOf(slipway, 'required');
      const reused = await other.complete((await other.send(CLEAN)).id);
      expect(reused.body).toMatchObject({ status: 'ready', scan: 'clean' });
      expect([await upload(CLEAN), await upload(clamd.eicar)]).toEqual(['clean', 'infected']);
      const after = [await verdictOn(slipway, CLEAN), await verdictOn(slipway, clamd.eicar)];
      expect(after).toEqual(before);

      await clamd.kill();
      clamd = await startTestClamd({ database: 27813, port: Number(new URL(clamd.tcp).port) });
      expect(await upload(CLEAN)).toBe('clean');
      expect(await verdictOn(slipway, CLEAN)).toMatchObject({
        engine: expect.stringContaining('/27813/'),
      });
    } finally {
      await slipway.close();
      await clamd.kill();
    }
  });

  test('one whose scanner does not say which database it has is not used again', async () => {
    const clamd = await startTestClamd();
    const slipway = await serveTestSlipway({ CLAMD_URL: clamd.tcp });
    try {
      const customer = await customerOf(slipway, 'required');
      await customer.complete((await customer.send(CLEAN)).id);
      const first = await verdictOn(slipway, CLEAN);
      await customer.complete((await customer.send(CLEAN)).id);
      const second = await verdictOn(slipway, CLEAN);
      expect(second?.scannedAt.getTime()).toBeGreaterThan(first?.scannedAt.getTime() ?? Infinity);
    } finally {
      await slipway.close();
      await clamd.kill();
    }
  });
});

test('what the scanner cannot look into is refused where a verdict is required, and never clean', async () => {
  const clamd = await startTestClamd({ settings: ['MaxFileSize 100K'] });
  const slipway = await serveTestSlipway({ CLAMD_URL: clamd.tcp, CLAMD_MAX_BYTES: '300000' });
  try {
    const bytes = Buffer.alloc(200_000, 'a');
    const strict = await customerOf(slipway, 'required');
    const ticket = await strict.send(bytes);
    const answer = await strict.complete(ticket.id);
    expect(answer).toMatchObject({ status: 422, body: { error: { code: 'not_scannable' } } });
    expect(answer.body.error.message).toContain('Heuristics.Limits.Exceeded.MaxFileSize');
    expect(await stored(slipway, ticket.key)).toBeNull();
    const tooLarge = await strict.announce(300_001, 'text/plain');
    expect(tooLarge.body.error).toMatchObject({
      code: 'file_too_large',
      details: { rule: 'scan', expected: 300_000, received: 300_001 },
    });

    const lenient = await customerOf(slipway, 'when_available');
    for (const size of [200_000, 300_001]) {
      const { id } = await lenient.send(Buffer.alloc(size, 'a'));
      const { body } = await lenient.complete(id);
      expect(body).toMatchObject({ status: 'ready', scan: 'not_scanned' });
    }
  } finally {
    await slipway.close();
    await clamd.kill();
  }
});

/** What answers VERSION as clamd does and leaves scans to the test. */
async function startStumblingScanner(onScan: (socket: Socket) => void) {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (chunk: Buffer) => {
      if (chunk.toString('latin1').startsWith('zVERSION')) socket.end('ClamAV 1.4.6\0');
      else onScan(socket.resume());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `tcp://127.0.0.1:${port}`, stop: () => server.close() };
}

test('a file over which the scanner stumbles is tried again ever more seldom, and refused in the end', async () => {
  let scans = 0;
  const scanner = await startStumblingScanner((socket) => {
    scans += 1;
    socket.destroy();
  });
  const slipway = await serveTestSlipway({ CLAMD_URL: scanner.url });
  try {
    const customer = await customerOf(slipway, 'required');
    const ticket = await customer.send(fresh(CLEAN));
    expect((await customer.complete(ticket.id)).status).toBe(202);
    expect(scans).toBe(1);
    const sweepAt = (minute: number) => sweepFiles(later(customer.tenant.ctx, minute));
    for (let minute = 1; minute <= 60; minute += 1) await sweepAt(minute);
    // At once, and after 1, 3, 7, 15 and 31 minutes.
    expect(scans).toBe(6);
    for (let hour = 2; hour <= 24; hour += 1) await sweepAt(hour * 60);
    expect(scans).toBe(18);
    expect(await customer.complete(ticket.id)).toMatchObject({
      status: 422,
      body: { error: { code: 'not_scannable' } },
    });
    expect(await stored(slipway, ticket.key)).toBeNull();
  } finally {
    await slipway.close();
    scanner.stop();
  }
});

test('while the scanner thinks the answer is 202; when it is done the file is ready', async () => {
  const scanner = await startStumblingScanner((socket) => {
    setTimeout(() => socket.end('stream: OK\0'), 8_500);
  });
  const slipway = await serveTestSlipway({ CLAMD_URL: scanner.url });
  try {
    const customer = await customerOf(slipway, 'required');
    const ticket = await customer.send(fresh(CLEAN));
    const answer = await customer.complete(ticket.id);
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({ status: 'verifying', scan: 'not_scanned' });
    expect(await customer.downloads(ticket)).toMatchObject(UNREACHABLE);
    const status = async () => (await customer.get(ticket.id)).status;
    await expect.poll(status, { timeout: 5_000 }).toBe('ready');
    expect(await customer.get(ticket.id)).toMatchObject({ scan: 'clean' });
  } finally {
    await slipway.close();
    scanner.stop();
  }
});
