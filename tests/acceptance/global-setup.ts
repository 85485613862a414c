import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

const root = join(import.meta.dirname, '..', '..');

/**
 * The whole stack as `npm start` runs it, on free ports and an empty data folder.
 * One for all black-box tests of a run; a stack that the environment names is used as it is.
 */
export default async function startStack(): Promise<() => Promise<void>> {
  if (process.env['SLIPWAY_URL']) return async () => undefined;
  const dataDir = mkdtempSync(join(tmpdir(), 'acceptance-'));
  const env = {
    ...process.env,
    SLIPWAY_PORT: String(await freePort()),
    PHOTOESTATE_PORT: String(await freePort()),
    DATA_DIR: dataDir,
    HOST: '127.0.0.1',
  };
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.ts')], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    const look = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('Slipway ready: ') && output.includes('PhotoEstate Pro ready: '))
        resolve();
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    void exited.then((code) => reject(new Error(`npm start ended with ${code}:\n${output}`)));
  });
  const demoFile = join(dataDir, 'demo.json');
  const demo = JSON.parse(readFileSync(demoFile, 'utf8'));
  process.env['SLIPWAY_URL'] = demo.slipway.url;
  process.env['SLIPWAY_API_KEY'] = demo.slipway.apiKey;
  process.env['PHOTOESTATE_URL'] = demo.photoestate.url;
  process.env['DEMO_JSON'] = demoFile;
  process.env['STACK_DATA_DIR'] = dataDir;

  return async () => {
    child.kill('SIGTERM');
    const code = await exited;
    for (const name of [
      'SLIPWAY_URL',
      'SLIPWAY_API_KEY',
      'PHOTOESTATE_URL',
      'DEMO_JSON',
      'STACK_DATA_DIR',
    ]) {
      delete process.env[name];
    }
    if (code === 0) rmSync(dataDir, { recursive: true, force: true });
    else
      throw new Error(
        `The stack did not stop in order (${code}); its data is in ${dataDir}:\n${output.slice(-2000)}`,
      );
  };
}
