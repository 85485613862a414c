import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ACCESS, type Judge, judgesFolder, type RunningJudge } from './judge.ts';
import { freePort, serverOf, startProgram, temporaryFolder } from './program.ts';

const version = '3.7.1';

/** Old and unmaintained, and in many a project's tests; installed beside the repository, not in it. */
export const s3rver: Judge = {
  name: 's3rver',
  version,
  async prepare(say) {
    const folder = join(judgesFolder(), `s3rver-${version}`);
    const program = join(folder, 'node_modules', 's3rver', 'bin', 's3rver.js');
    if (!existsSync(program)) {
      say(`Installing s3rver ${version} (once) …`);
      const args = ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-save'];
      const result = spawnSync('npm', [...args, `s3rver@${version}`], { encoding: 'utf8' });
      if (result.status !== 0 || !existsSync(program)) {
        return { reason: `npm could not install it: ${result.stderr.trim().split('\n').at(-1)}` };
      }
    }
    return { start: () => start(program) };
  },
};

async function start(program: string): Promise<RunningJudge> {
  const folder = temporaryFolder('s3rver');
  const port = await freePort();
  const server = startProgram({
    program: process.execPath,
    args: [program, '--directory', folder, '--address', '127.0.0.1', '--port', String(port)],
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const running = await serverOf({ endpoint, folder, programs: [server] });
  // It cannot be told others.
  return { ...ACCESS, accessKey: 'S3RVER', secretKey: 'S3RVER', ...running };
}
