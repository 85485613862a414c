import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** An S3 server that is not ours, so that the storage contract has a second opinion. */
const MODULE = 'github.com/versity/versitygw/cmd/versitygw';
const VERSION = 'v1.8.0';

export interface Judge {
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Undefined, and a word about why, when it cannot be had here. */
export async function startVersitygw(say: (line: string) => void): Promise<Judge | undefined> {
  const program = findProgram(say);
  if (program === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'versitygw-'));
  const files = join(folder, 'files');
  // Where the file system keeps no extended attributes, it needs a folder beside for them.
  const sidecar = join(folder, 'sidecar');
  for (const path of [files, sidecar]) mkdirSync(path);
  const port = await freePort();
  const access = { S3_TEST_ACCESS_KEY: 'judge', S3_TEST_SECRET_KEY: 'judge-secret' };
  const child = spawn(
    program,
    [
      ...['--port', `127.0.0.1:${port}`, '--quiet'],
      ...['--access', access.S3_TEST_ACCESS_KEY, '--secret', access.S3_TEST_SECRET_KEY],
      ...['posix', '--sidecar', sidecar, files],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  const endpoint = `http://127.0.0.1:${port}`;
  if (await answers(endpoint, exited)) {
    const env = {
      ...access,
      S3_TEST_ENDPOINT: endpoint,
      S3_TEST_BUCKET: 'contract',
      S3_TEST_NAME: `versitygw ${VERSION}`,
    };
    return { env, stop };
  }
  await stop();
  say(`versitygw did not start: ${complaint.trim().split('\n').at(-1) ?? 'no reason given'}`);
  return undefined;
}

function findProgram(say: (line: string) => void): string | undefined {
  const folder = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'slipway-judges');
  const program = join(folder, VERSION, 'versitygw');
  if (existsSync(program)) return program;
  if (spawnSync('go', ['version']).status !== 0) {
    say('versitygw is not here, and no Go to install it with.');
    return undefined;
  }
  say(`Installing versitygw ${VERSION} (once) …`);
  const result = spawnSync('go', ['install', `${MODULE}@${VERSION}`], {
    env: { ...process.env, GOBIN: join(folder, VERSION), CGO_ENABLED: '0' },
    encoding: 'utf8',
    timeout: 10 * 60_000,
  });
  if (result.status === 0 && existsSync(program)) return program;
  say(`versitygw could not be installed: ${result.stderr.trim().split('\n').at(-1) ?? ''}`);
  return undefined;
}

async function answers(endpoint: string, exited: Promise<void>): Promise<boolean> {
  let gone = false;
  void exited.then(() => {
    gone = true;
  });
  for (let waited = 0; waited < 15_000 && !gone; waited += 100) {
    // Any answer will do: without a signature it is a refusal.
    const answer = await fetch(endpoint).catch(() => undefined);
    if (answer) return true;
    await sleep(100);
  }
  return false;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
