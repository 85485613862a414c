import { goInstall } from './go-install.ts';
import { ACCESS, type Judge, type RunningJudge } from './judge.ts';
import { freePort, serverOf, startProgram, temporaryFolder } from './program.ts';

const version = 'v1.76.0';

/** `rclone serve s3`, on a folder. */
export const rclone: Judge = {
  name: 'rclone',
  version,
  async prepare(say) {
    const module = 'github.com/rclone/rclone';
    const installed = goInstall({ name: 'rclone', module, version }, say);
    return 'reason' in installed ? installed : { start: () => start(installed.path) };
  },
};

async function start(program: string): Promise<RunningJudge> {
  const folder = temporaryFolder('rclone');
  const port = await freePort();
  const server = startProgram({
    program,
    args: [
      ...['serve', 's3', '--addr', `127.0.0.1:${port}`],
      ...['--auth-key', `${ACCESS.accessKey},${ACCESS.secretKey}`, folder],
    ],
    // Otherwise it would read the user's own.
    env: { RCLONE_CONFIG: '/dev/null' },
  });
  const endpoint = `http://127.0.0.1:${port}`;
  return { ...ACCESS, ...(await serverOf({ endpoint, folder, programs: [server] })) };
}
