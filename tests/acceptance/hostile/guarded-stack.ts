import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../free-port.ts';

const root = join(import.meta.dirname, '..', '..', '..');

export interface GuardedStack {
  /** Where people are signed in. */
  readonly url: string;
  /** Where files are. */
  readonly filesUrl: string;
  /** What the scanner takes for a virus. */
  readonly eicar: Buffer;
  stop(): Promise<void>;
}

/** The stack as somebody runs it who is careful: files on a host of their own, and a scanner. */
export async function startGuardedStack(): Promise<GuardedStack> {
  const judge = join(root, 'scripts', 'judges', 'clamd.ts');
  // With less, clamd looks at the beginning of a larger file in an archive, and calls it OK.
  const settings = ['--set', 'MaxFileSize 400M', '--set', 'MaxScanSize 400M'];
  const scanner = spawn(process.execPath, [judge, ...settings], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(scanner.stdout), 'line');
  const { tcp, eicar } = JSON.parse(String(line));
  const port = await freePort();
  const filesUrl = `http://localhost:${port}`;
  const dataDir = mkdtempSync(join(tmpdir(), 'guarded-'));
  const { SLIPWAY_URL: _, PHOTOESTATE_URL: __, SLIPWAY_API_KEY: ___, ...env } = process.env;
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.ts')], {
    cwd: root,
    env: {
      ...env,
      SLIPWAY_PORT: String(port),
      PHOTOESTATE_PORT: String(await freePort()),
      DATA_DIR: dataDir,
      HOST: '127.0.0.1',
      FILES_URL: filesUrl,
      CLAMD_URL: tcp,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  await ready(child);
  return {
    url: `http://127.0.0.1:${port}`,
    filesUrl,
    eicar: Buffer.from(eicar, 'base64'),
    async stop() {
      const ended = Promise.all([once(child, 'exit'), once(scanner, 'close')]);
      child.kill('SIGTERM');
      scanner.stdin.end();
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function ready(child: ChildProcess): Promise<void> {
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const look = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('PhotoEstate Pro ready: ')) resolve();
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${output}`)));
  });
}
