import { randomBytes } from 'node:crypto';
import { readdirSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readyFile } from '../testing/ready-file.ts';
import { type ServedSlipway, serveTestSlipway } from '../testing/serve.ts';

let slipway: ServedSlipway;
beforeAll(async () => {
  slipway = await serveTestSlipway();
});
afterAll(() => slipway.close());

/** Objects that this process has open. */
function openObjects(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${fd}`);
      return path.startsWith(slipway.runtime.diskRoot ?? 'nowhere') ? [path] : [];
    } catch {
      return [];
    }
  });
}

/** Asks, and is gone so much later. */
function askAndLeave(path: string, ms: number, headers: string): Promise<void> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(slipway.url);
    const socket = connect(Number(port), hostname, () => {
      socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\n${headers}\r\n`);
      setTimeout(() => {
        socket.destroy();
        resolve();
      }, ms);
    });
    socket.on('error', () => resolve());
  });
}

test.runIf(process.platform === 'linux').each([
  ['whole', ''],
  ['a range', 'range: bytes=10-4000000\r\n'],
])('whoever asks for %s and leaves keeps nothing open', async (_, headers) => {
  const tenant = await slipway.tenant();
  const { id: projectId } = await slipway.project(tenant, { visibility: 'public' });
  const bytes = randomBytes(5_000_000);
  const { key } = await readyFile(slipway, { tenant, projectId, bytes });
  const answer = await fetch(`${slipway.url}/f/${key}`);
  expect(answer.status).toBe(200);
  await answer.arrayBuffer();
  for (let ms = 0; ms < 60; ms += 1) await askAndLeave(`/f/${key}`, ms % 20, headers);
  await expect.poll(openObjects, { timeout: 5_000 }).toEqual([]);
  await sleep(100);
});
