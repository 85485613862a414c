import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { installWithApt } from '../stack/install-with-apt.ts';
import { ACCESS, type Judge, type RunningJudge } from './judge.ts';
import { freePort, type Program, serverOf, startProgram, temporaryFolder } from './program.ts';

const BACK_ENDS = ['account', 'container', 'object'] as const;
const SERVERS = ['proxy', ...BACK_ENDS] as const;
const RING_BUILDER = '/usr/bin/swift-ring-builder';
const programOf = (server: string) => `/usr/bin/swift-${server}-server`;

/** OpenStack's, with its S3 interface: an ancestry of its own, and old rules. Debian's packages. */
export const swift: Judge = {
  name: 'swift',
  version: 's3api',
  async prepare(say) {
    for (const server of SERVERS) {
      if (existsSync(programOf(server))) continue;
      installWithApt(say, { name: `Swift's ${server} server`, debianPackage: `swift-${server}` });
      if (!existsSync(programOf(server))) {
        return { reason: `${programOf(server)} is missing (Debian's swift-${server}, as root)` };
      }
    }
    return { start };
  },
};

async function start(): Promise<RunningJudge> {
  const folder = temporaryFolder('swift');
  const rings = join(folder, 'rings');
  mkdirSync(rings);
  mkdirSync(join(folder, 'devices', 'd1'), { recursive: true });
  const ports = await Promise.all(SERVERS.map(freePort));
  BACK_ENDS.forEach((server, index) => {
    buildRing(join(rings, `${server}.builder`), ports[index + 1] ?? 0);
  });
  SERVERS.forEach((server, index) => {
    const config = configOf({ server, port: ports[index] ?? 0, folder });
    writeFileSync(join(folder, `${server}.conf`), config);
  });
  giveAway(folder);
  const programs: Program[] = SERVERS.map((server) =>
    startProgram({ program: programOf(server), args: [join(folder, `${server}.conf`)] }),
  );
  const [endpoint = '', ...behind] = ports.map((port) => `http://127.0.0.1:${port}`);
  const running = await serverOf({ endpoint, behind, folder, programs });
  return { ...ACCESS, accessKey: 'judge:judge', ...running };
}

/** Servers that are started as root give that up, and must still reach their files. */
const swiftUser = (): string => (process.getuid?.() === 0 ? 'swift' : userInfo().username);

function giveAway(folder: string): void {
  chmodSync(folder, 0o755);
  if (swiftUser() === 'swift') spawnSync('chown', ['-R', 'swift', folder]);
}

function buildRing(builder: string, port: number): void {
  for (const args of [
    ['create', '4', '1', '0'],
    ['add', `r1z1-127.0.0.1:${port}/d1`, '1'],
    ['rebalance'],
  ]) {
    const [verb = '', ...rest] = args;
    const result = spawnSync(RING_BUILDER, [builder, verb, ...rest], { encoding: 'utf8' });
    // 1 is a warning: a ring of one device has no replicas.
    if (result.status === null || result.status > 1) {
      throw new Error(`${RING_BUILDER} ${verb}: ${result.stdout}${result.stderr}`);
    }
  }
}

interface ServerConfig {
  readonly server: (typeof SERVERS)[number];
  readonly port: number;
  readonly folder: string;
}

const PIPELINE =
  'catch_errors gatekeeper healthcheck cache listing_formats bulk s3api tempauth slo dlo copy';

function configOf({ server, port, folder }: ServerConfig): string {
  const common = [
    '[DEFAULT]',
    ...['bind_ip = 127.0.0.1', `bind_port = ${port}`, 'workers = 0', `user = ${swiftUser()}`],
    ...[`swift_dir = ${join(folder, 'rings')}`, `devices = ${join(folder, 'devices')}`],
    ...['mount_check = false', 'log_level = WARNING'],
    '[pipeline:main]',
  ];
  const own = server === 'proxy' ? proxyConfig() : [`pipeline = ${server}-server`];
  const app = [`[app:${server}-server]`, `use = egg:swift#${server}`];
  const rights = server === 'proxy' ? ['account_autocreate = true'] : [];
  return `${[...common, ...own, ...app, ...rights].join('\n')}\n`;
}

function proxyConfig(): string[] {
  const filters = PIPELINE.split(' ').flatMap((name) => [
    `[filter:${name}]`,
    `use = egg:swift#${name === 'cache' ? 'memcache' : name}`,
    ...(name === 's3api' ? ['location = us-east-1'] : []),
    ...(name === 'tempauth' ? [`user_judge_judge = ${ACCESS.secretKey} .admin`] : []),
    // None is there, and it does without.
    ...(name === 'cache' ? ['memcache_servers = 127.0.0.1:1'] : []),
  ]);
  return [`pipeline = ${PIPELINE} proxy-server`, ...filters];
}
