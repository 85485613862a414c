import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { diskPaths } from './disk-paths.ts';
import { removeLeftovers } from './leftovers.ts';

const KILLS = Number(process.env['CRASH_KILLS'] ?? 25);

/** Stores objects without end; each one's name says what its bytes are. */
const WRITER = `
  import { createHash } from 'node:crypto';
  import { Readable } from 'node:stream';
  import { ingestToDisk } from '${new URL('./ingest.ts', import.meta.url).href}';
  const [root, round] = process.argv.slice(1);
  for (let index = 0; ; index += 1) {
    const seed = round.padStart(4, '0') + String(index).padStart(8, '0');
    const block = createHash('sha512').update(seed).digest();
    const body = Buffer.alloc(700_000 + index, block);
    async function* chunks() {
      for (let at = 0; at < body.length; at += 65_536) yield Buffer.from(body.subarray(at, at + 65_536));
    }
    const key = 'crash/' + seed;
    await ingestToDisk(root, { key, body: Readable.from(chunks()), size: body.length, type: 'a/b' });
    process.stdout.write(key + '\\n');
  }`;

function startWriter(root: string, round: number): { child: ChildProcess; acknowledged: string[] } {
  const args = ['--input-type=module', '--eval', WRITER, root, String(round)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged: string[] = [];
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    acknowledged.push(...lines);
  });
  return { child, acknowledged };
}

/** What an object of this name has to hold. */
function isWhole(name: string, bytes: Buffer): boolean {
  const block = createHash('sha512').update(name).digest();
  const size = 700_000 + Number(name.slice(4));
  return bytes.equals(Buffer.alloc(size, block));
}

const namesIn = async (folder: string) =>
  (await readdir(folder).catch(() => [])).filter((name) => !name.endsWith('.meta'));

test('whenever a writer is killed, every object that can be seen is whole, and what was acknowledged is there', async () => {
  const root = await mkdtemp(join(tmpdir(), 'crash-'));
  const paths = diskPaths(root);
  const folder = join(paths.objects, 'crash');
  const seen = new Set<string>();
  const look = async () => {
    for (const name of await namesIn(folder)) {
      if (seen.has(name)) continue;
      seen.add(name);
      expect(isWhole(name, await readFile(join(folder, name))), name).toBe(true);
    }
  };
  const acknowledged: string[] = [];
  for (let round = 0; round < KILLS; round += 1) {
    const writer = startWriter(root, round);
    const ended = new Promise((resolve) => writer.child.once('close', resolve));
    while (writer.acknowledged.length === 0) await wait(5);
    const until = Date.now() + randomInt(40);
    while (Date.now() < until) await look();
    writer.child.kill('SIGKILL');
    await ended;
    await look();
    acknowledged.push(...writer.acknowledged);
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS);
  const names = new Set(await namesIn(folder));
  expect(acknowledged.filter((key) => !names.has(key.replace('crash/', '')))).toEqual([]);
  // The killed ones' temporary files are forgotten ones, and go when they are old enough.
  expect(await removeLeftovers(paths)).toBe(0);
  await rm(root, { recursive: true });
}, 120_000);
