import { goInstall } from './go-install.ts';
import { ACCESS, type Judge, type RunningJudge } from './judge.ts';
import { freePort, serverOf, startProgram, temporaryFolder } from './program.ts';

// Its last commit; no release of it can be built by `go install`.
const COMMIT = 'v0.0.0-20260212201848-7aac2a2c5b7c';

export const minio: Judge = {
  name: 'minio',
  version: 'of 2026-02-12',
  async prepare(say) {
    const module = 'github.com/minio/minio';
    const installed = goInstall({ name: 'minio', module, version: COMMIT }, say);
    return 'reason' in installed ? installed : { start: () => start(installed.path) };
  },
};

async function start(program: string): Promise<RunningJudge> {
  const folder = temporaryFolder('minio');
  const [port, consolePort] = [await freePort(), await freePort()];
  const server = startProgram({
    program,
    args: [
      ...['server', '--quiet', '--address', `127.0.0.1:${port}`],
      ...['--console-address', `127.0.0.1:${consolePort}`, folder],
    ],
    env: {
      MINIO_ROOT_USER: ACCESS.accessKey,
      MINIO_ROOT_PASSWORD: ACCESS.secretKey,
      MINIO_BROWSER: 'off',
      MINIO_UPDATE: 'off',
    },
  });
  const endpoint = `http://127.0.0.1:${port}`;
  return { ...ACCESS, ...(await serverOf({ endpoint, folder, programs: [server] })) };
}
