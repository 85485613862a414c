import { chmod, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sweepFiles } from '../file/sweep.ts';
import { updateProjectRules } from '../project/update-rules.ts';
import { diskPaths } from '../storage/disk/disk-paths.ts';
import { type ServedSlipway, serveTestSlipway } from '../testing/serve.ts';
import { startTestClamd, type TestClamd } from './testing/clamd.ts';
import {
  CLEAN,
  customerOf,
  fresh,
  later,
  sha256,
  stored,
  UNREACHABLE,
} from './testing/customer.ts';
import { zipOf } from './testing/zip.ts';

describe('with a scanner', () => {
  let clamd: TestClamd;
  let slipway: ServedSlipway;

  beforeAll(async () => {
    clamd = await startTestClamd();
    slipway = await serveTestSlipway({ CLAMD_URL: clamd.unix });
  });
  afterAll(async () => {
    await slipway.close();
    await clamd.kill();
  });

  test.each([
    ['EICAR', () => clamd.eicar, 'text/plain'],
    ['EICAR in a zip', () => zipOf('a.txt', clamd.eicar), 'application/zip'],
  ] as const)(
    '%s is rejected, its bytes are gone, and at no time could anybody read it',
    async (_, bytes, type) => {
      for (const policy of ['required', 'when_available'] as const) {
        const customer = await customerOf(slipway, policy);
        const ticket = await customer.send(bytes(), type);
        expect(await customer.downloads(ticket)).toMatchObject(UNREACHABLE);
        expect(await stored(slipway, ticket.key)).not.toBeNull();

        const answer = await customer.complete(ticket.id);
        expect(answer.status).toBe(422);
        expect(answer.body.error).toMatchObject({
          code: 'infected',
          message: 'A scanner found Eicar-Test-File.UNOFFICIAL.',
        });
        expect(await stored(slipway, ticket.key)).toBeNull();
        expect(await customer.downloads(ticket)).toMatchObject(UNREACHABLE);
        expect(await customer.get(ticket.id)).toMatchObject({
          status: 'rejected',
          scan: 'infected',
        });
        expect((await customer.complete(ticket.id)).body.error.code).toBe('infected');
        const history = await customer.history(ticket.id);
        expect(history.at(-1)).toMatchObject({ to: 'rejected', reason: 'infected' });
        expect(history.map((step: { to: string }) => step.to)).not.toContain('ready');
      }
    },
  );

  test('what it calls clean is ready and says so', async () => {
    for (const policy of ['required', 'when_available'] as const) {
      const customer = await customerOf(slipway, policy);
      const ticket = await customer.send(CLEAN);
      const { status, body } = await customer.complete(ticket.id);
      expect(status).toBe(200);
      expect(body).toMatchObject({ status: 'ready', scan: 'clean', sha256: sha256(CLEAN) });
      expect(await customer.downloads(ticket)).toEqual({ status: 200, signed: 200, bytes: CLEAN });
    }
  });

  test('with the policy "off" it is not asked, and nothing is called clean', async () => {
    const customer = await customerOf(slipway, 'off');
    const ticket = await customer.send(clamd.eicar);
    expect((await customer.complete(ticket.id)).body).toMatchObject({
      status: 'ready',
      scan: 'not_scanned',
    });
  });

  test('bytes that changed on the disk after they came get no verdict and are never ready', async () => {
    const customer = await customerOf(slipway, 'when_available');
    const bytes = fresh(CLEAN);
    const ticket = await customer.send(bytes);
    const path = diskPaths(slipway.runtime.diskRoot ?? '').object(ticket.key);
    await chmod(path, 0o600);
    // In place: a new file would not be the one whose digest is known.
    await writeFile(path, Buffer.alloc(bytes.length, 'x'), { flag: 'r+' });
    const answer = await customer.complete(ticket.id);
    expect(answer.status).toBe(503);
    expect(await customer.get(ticket.id)).toMatchObject({ status: 'verifying' });
    expect(await customer.downloads(ticket)).toMatchObject(UNREACHABLE);
  });

  test('it says that it is up', async () => {
    const metrics = await (await fetch(`${slipway.url}/metrics`)).text();
    expect(metrics).toMatch(/^slipway_scanner_up\{service="slipway"\} 1$/m);
    const ready = await (await fetch(`${slipway.url}/readyz`)).json();
    expect(ready).toMatchObject({ status: 'ready', checks: { scanner: 'ok' } });
  });
});

test('while the scanner is away: required waits and wakes somebody; back again, the sweeper settles it', async () => {
  const first = await startTestClamd();
  const slipway = await serveTestSlipway({ CLAMD_URL: first.tcp });
  try {
    const customer = await customerOf(slipway, 'required');
    const lenient = await customerOf(slipway, 'when_available');
    const infected = await customer.send(first.eicar);
    const harmless = await customer.send(fresh(CLEAN));
    const unscanned = await lenient.send(fresh(CLEAN));
    await first.kill();

    const alarm = vi.spyOn(slipway.runtime.log, 'error');
    for (const ticket of [infected, harmless]) {
      for (const ask of ['first', 'again']) {
        const answer = await customer.complete(ticket.id);
        expect(answer.status, ask).toBe(202);
        expect(answer.headers.get('retry-after')).toBe('30');
        expect(answer.body).toMatchObject({ status: 'verifying', scan: 'pending' });
      }
      expect(await customer.downloads(ticket)).toMatchObject(UNREACHABLE);
    }
    expect(alarm.mock.calls).toEqual([
      [
        expect.objectContaining({ fileId: infected.id, fault: 'unreachable' }),
        'no verdict of the scanner: a file that needs one waits',
      ],
      [expect.objectContaining({ fileId: harmless.id }), expect.any(String)],
    ]);

    // Who does not insist gets the file, and the truth.
    const answer = await lenient.complete(unscanned.id);
    expect(answer.body).toMatchObject({ status: 'ready', scan: 'not_scanned' });

    const metrics = await (await fetch(`${slipway.url}/metrics`)).text();
    expect(metrics).toMatch(/^slipway_scanner_up\{service="slipway"\} 0$/m);
    const ready = await fetch(`${slipway.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ status: 'ready', checks: { scanner: 'failed' } });

    alarm.mockClear();
    const system = later(customer.tenant.ctx, 2);
    await sweepFiles(system);
    expect(alarm.mock.calls).toEqual([
      [{ files: 2 }, 'the scanner does not answer: files wait in quarantine'],
    ]);
    for (const ticket of [infected, harmless]) {
      expect(await customer.get(ticket.id)).toMatchObject({ status: 'verifying', scan: 'pending' });
      expect(await customer.downloads(ticket)).toMatchObject(UNREACHABLE);
    }

    const again = await startTestClamd({ port: Number(new URL(first.tcp).port) });
    try {
      const settled = async () => {
        await sweepFiles(system);
        return (await customer.get(harmless.id)).status;
      };
      await expect.poll(settled, { timeout: 15_000, interval: 500 }).toBe('ready');
      expect(await customer.get(harmless.id)).toMatchObject({ status: 'ready', scan: 'clean' });
      expect(await customer.downloads(harmless)).toMatchObject({ status: 200, signed: 200 });
      expect(await customer.get(infected.id)).toMatchObject({
        status: 'rejected',
        scan: 'infected',
      });
      expect(await stored(slipway, infected.key)).toBeNull();
      expect((await customer.complete(infected.id)).status).toBe(422);
    } finally {
      await again.kill();
    }
  } finally {
    await slipway.close();
    await first.kill();
  }
});

test('without any scanner, required waits, and wakes somebody; a milder policy lets it go', async () => {
  const slipway = await serveTestSlipway();
  try {
    const customer = await customerOf(slipway, 'required');
    const ticket = await customer.send(CLEAN);
    const alarm = vi.spyOn(slipway.runtime.log, 'error');
    expect((await customer.complete(ticket.id)).status).toBe(202);
    await sweepFiles(later(customer.tenant.ctx, 2));
    expect(alarm.mock.calls.map(([about]) => about)).toEqual([
      { fileId: ticket.id, fault: 'not_configured' },
      { files: 1 },
    ]);
    expect(await customer.get(ticket.id)).toMatchObject({ status: 'verifying', scan: 'pending' });
    await updateProjectRules(customer.tenant.ctx, {
      projectId: customer.projectId,
      rules: {
        allowedTypes: [],
        maxSize: 1000,
        maxFiles: null,
        maxTotalSize: null,
        scan: 'off',
        visibility: 'private',
      },
    });
    await sweepFiles(later(customer.tenant.ctx, 2));
    expect(await customer.get(ticket.id)).toMatchObject({ status: 'ready', scan: 'not_scanned' });
    expect(await (await fetch(`${slipway.url}/metrics`)).text()).not.toContain('scanner_up');
  } finally {
    await slipway.close();
  }
});
