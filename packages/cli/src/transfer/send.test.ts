import { spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { send } from './send.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const folder = mkdtempSync(join(tmpdir(), 'slipway-send-'));
const path = join(folder, 'film.bin');
let server: Server;
let answers: Answer[];

beforeEach(async () => {
  writeFileSync(path, 'x'.repeat(1000));
  server = createServer((request, response) => {
    request.resume().on('end', () => answers.shift()?.(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(path);
});

/** It has the bytes, and the connection breaks before it says so. */
const lost: Answer = ({ socket }) => socket.destroy();
const refuse =
  (status: number, code: string): Answer =>
  (_, response) =>
    response.writeHead(status).end(JSON.stringify({ error: { code, message: 'No.' } }));
const taken: Answer = (_, response) => response.writeHead(200).end();

async function sent(...planned: Answer[]): Promise<number> {
  answers = planned;
  let bytes = 0;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/film`;
  await send({ path, start: 0, size: 1000 }, async () => ({ url, method: 'PUT', headers: {} }), {
    signal: AbortSignal.timeout(20_000),
    onBytes: (more) => {
      bytes += more;
    },
  });
  expect(answers).toEqual([]);
  return bytes;
}

test.each([
  [409, 'object_exists'],
  [412, 'PreconditionFailed'],
])(
  'what arrived though its answer was lost is there: the storage says %i',
  async (status, code) => {
    expect(await sent(lost, refuse(status, code))).toBe(1000);
  },
);

test('an earlier attempt that is still open is waited for', async () => {
  expect(await sent(refuse(409, 'upload_in_progress'), taken)).toBe(1000);
});

test('at the first attempt it is somebody else’s', async () => {
  await expect(sent(refuse(409, 'object_exists'))).rejects.toMatchObject({
    code: 'storage_refused',
    status: 409,
  });
});

test.skipIf(process.platform !== 'linux')('a full disk behind stdout is a failure', () => {
  const main = join(import.meta.dirname, '../main.ts');
  const run = (stdout: number) =>
    spawnSync(process.execPath, [main, 'completion', 'bash'], {
      stdio: ['ignore', stdout, 'pipe'],
      encoding: 'utf8',
    });
  const full = run(openSync('/dev/full', 'w'));
  expect([full.status, full.stderr]).toEqual([1, expect.stringContaining('ENOSPC')]);
});
