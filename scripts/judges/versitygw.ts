import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { goInstall } from './go-install.ts';
import { ACCESS, type Judge, type RunningJudge } from './judge.ts';
import { freePort, serverOf, startProgram, temporaryFolder } from './program.ts';

const version = 'v1.8.0';

export const versitygw: Judge = {
  name: 'versitygw',
  version,
  async prepare(say) {
    const module = 'github.com/versity/versitygw/cmd/versitygw';
    const installed = goInstall({ name: 'versitygw', module, version }, say);
    return 'reason' in installed ? installed : { start: () => start(installed.path) };
  },
};

async function start(program: string): Promise<RunningJudge> {
  const folder = temporaryFolder('versitygw');
  const files = join(folder, 'files');
  // Where the file system keeps no extended attributes, it needs a folder beside for them.
  const sidecar = join(folder, 'sidecar');
  for (const path of [files, sidecar]) mkdirSync(path);
  const port = await freePort();
  const server = startProgram({
    program,
    args: [
      ...['--port', `127.0.0.1:${port}`, '--quiet'],
      ...['--access', ACCESS.accessKey, '--secret', ACCESS.secretKey],
      ...['posix', '--sidecar', sidecar, files],
    ],
  });
  const endpoint = `http://127.0.0.1:${port}`;
  return { ...ACCESS, ...(await serverOf({ endpoint, folder, programs: [server] })) };
}
