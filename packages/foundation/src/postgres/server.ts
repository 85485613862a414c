import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { type Cluster, damaged, dataArgument, serverEnvironment } from './cluster.ts';
import { EmbeddedPostgresError } from './failure.ts';
import type { Identity } from './identity.ts';
import { guardServer, type Watchdog } from './watchdog.ts';

export interface ServerWish {
  readonly cluster: Cluster;
  readonly binaries: Binaries;
  readonly identity: Identity | undefined;
  readonly port: number | undefined;
  readonly durable: boolean;
  readonly log: (line: string) => void;
}

export interface RunningServer {
  readonly port: number;
  /** Resolves when the server is gone, wanted or not. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 15_000;
const ATTEMPTS = 5;

/** How long processes of a server that crashed may take to notice it, and how often is looked. */
const LEFTOVERS_MS = 15_000;
const LOOK_EVERY_MS = 250;

/** Another program may take a free port before Postgres does, so a few are tried. */
export async function startServer(wish: ServerWish): Promise<RunningServer> {
  for (let attempt = 1; ; attempt++) {
    const port = wish.port ?? (await freePort());
    const outcome = await launchPatiently(wish, port);
    if (outcome.state === 'ready') return outcome.server;
    const taken = outcome.reason.includes('could not create any TCP/IP sockets');
    if (taken && wish.port === undefined && attempt < ATTEMPTS) continue;
    if (taken)
      throw new EmbeddedPostgresError(`Port ${port} is in use, so Postgres cannot listen on it.`);
    throw damaged(wish.cluster.path, outcome.reason);
  }
}

type Outcome =
  | { readonly state: 'ready'; readonly server: RunningServer }
  | { readonly state: 'failed'; readonly reason: string };

/** The children of a server that was killed hold its memory until they notice, a moment later. */
async function launchPatiently(wish: ServerWish, port: number): Promise<Outcome> {
  const end = Date.now() + LEFTOVERS_MS;
  for (;;) {
    const outcome = await launch(wish, port);
    if (outcome.state === 'ready' || !isHeld(outcome.reason)) return outcome;
    if (Date.now() >= end)
      throw new EmbeddedPostgresError(
        `Processes of a database that crashed still use ${wish.cluster.path}. End them, then start again.`,
      );
    await wait(LOOK_EVERY_MS);
  }
}

const isHeld = (reason: string): boolean => reason.includes('pre-existing shared memory block');

async function launch(wish: ServerWish, port: number): Promise<Outcome> {
  const { cluster, identity, binaries } = wish;
  const child = spawn(
    binaries.postgres,
    ['-D', dataArgument(cluster.path, identity), '-p', String(port), ...settings(wish.durable)],
    {
      ...identity,
      cwd: cluster.path,
      env: serverEnvironment(),
      // Its own session, so that Ctrl-C stops the apps first and the database after them.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const watchdog = child.pid ? guardServer(child.pid, cluster.path) : undefined;
  const exited = exitOf(child, watchdog);
  const reason = await untilReady(child, wish.log);
  if (reason === undefined) {
    return { state: 'ready', server: { port, exited, stop: () => stopServer(child, exited) } };
  }
  child.kill('SIGQUIT');
  await exited;
  return { state: 'failed', reason };
}

function settings(durable: boolean): string[] {
  const set = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    max_connections: '200',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(set).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function exitOf(child: ChildProcess, watchdog: Watchdog | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      watchdog?.dismiss();
      resolve();
    };
    child.once('exit', done);
    child.once('error', done);
  });
}

/** Undefined when the server accepts connections, else why it does not. */
function untilReady(child: ChildProcess, log: (line: string) => void): Promise<string | undefined> {
  return new Promise((resolve) => {
    let fatal: string | undefined;
    const limit = setTimeout(
      () => resolve('it did not come up within two minutes'),
      START_LIMIT_MS,
    );
    const settle = (reason: string | undefined) => {
      clearTimeout(limit);
      resolve(reason);
    };
    child.once('error', (error) => settle(error.message));
    if (!child.stderr) return settle('its output cannot be read');
    const lines = createInterface({ input: child.stderr });
    lines.on('line', (line) => {
      log(line);
      const complaint = /(?:FATAL|PANIC|could not load|error while loading).*/.exec(line);
      if (complaint) fatal ??= complaint[0].replace(/^(?:FATAL|PANIC):\s*/, '');
      if (line.includes('database system is ready to accept connections')) settle(undefined);
    });
    // 'close' of the lines, not 'exit': the last complaint is still in the pipe at the exit.
    lines.once('close', () => settle(fatal ?? 'the server ended at once and gave no reason'));
  });
}

async function stopServer(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return exited;
  child.kill('SIGINT');
  const limit = setTimeout(() => child.kill('SIGQUIT'), STOP_LIMIT_MS);
  await exited;
  clearTimeout(limit);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = address && typeof address === 'object' ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
