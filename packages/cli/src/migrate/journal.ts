import {
  type FileHandle,
  link,
  mkdir,
  open,
  readFile,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { dirname } from 'node:path';
import { CliError, EXIT, usageError } from '../failure.ts';

/** From which app to which project. */
export interface Route {
  readonly source: string;
  readonly url: string;
  readonly projectId: string;
}

export interface Done {
  readonly key: string;
  readonly fileId: string;
  readonly size: number;
  readonly sha256: string;
  readonly md5: string;
  readonly acl: 'public-read' | 'private';
}

export interface Failed {
  readonly key: string;
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

type Entry =
  | ({ readonly type: 'migration'; readonly version: 1 } & Route)
  | ({ readonly type: 'done' } & Done)
  | ({ readonly type: 'failed' } & Failed);

/** What became of each file, a line of JSON each, on disk before the next thing happens. */
export interface Journal {
  readonly done: ReadonlyMap<string, Done>;
  noteDone(done: Done): Promise<void>;
  noteFailed(failed: Failed): Promise<void>;
  close(): Promise<void>;
}

/** The journal of this way; one process at a time has it. */
export async function openJournal(path: string, route: Route): Promise<Journal> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unlock = await lock(`${path}.lock`);
  try {
    await dropHalfLine(path);
    const done = await readDone(path, route);
    const file = await open(path, 'a', 0o600);
    const append = appender(file, { type: 'migration', version: 1, ...route });
    return {
      done,
      async noteDone(entry) {
        await append({ type: 'done', ...entry });
        done.set(entry.key, entry);
      },
      noteFailed: (entry) => append({ type: 'failed', ...entry }),
      async close() {
        await file.close();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** What a dry run looks at; a process that is at work meanwhile is not disturbed. */
export async function readDone(path: string, route: Route): Promise<Map<string, Done>> {
  const done = new Map<string, Done>();
  for (const line of wholeLines(await readText(path)).split('\n')) {
    if (line === '') continue;
    const entry = parse(path, line);
    if (entry.type === 'done') done.set(entry.key, entry);
    if (entry.type === 'migration') requireSame(path, entry, route);
  }
  return done;
}

/** A process that was killed may have left one. */
async function dropHalfLine(path: string): Promise<void> {
  const text = await readText(path);
  const whole = wholeLines(text);
  if (whole.length < text.length) await truncate(path, Buffer.byteLength(whole));
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
}

function wholeLines(text: string): string {
  return text.slice(0, text.lastIndexOf('\n') + 1);
}

function parse(path: string, line: string): Entry {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    throw usageError(`Expected ${path} to hold lines of JSON; give another path with --state.`);
  }
}

function requireSame(path: string, { source, url, projectId }: Route, route: Route): void {
  if (source === route.source && url === route.url && projectId === route.projectId) return;
  throw usageError(
    `Expected ${path} to be of this migration; it is of the app ${source} to ${projectId} at ${url}. Give another path with --state.`,
  );
}

/** One line after another; each is on the disk when its promise is kept. */
function appender(file: FileHandle, head: Entry): (entry: Entry) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  const write = async (entry: Entry) => {
    // Only with the first result is it this migration's for good.
    const isFirst = (await file.stat()).size === 0;
    const entries = isFirst ? [head, entry] : [entry];
    await file.appendFile(entries.map((one) => `${JSON.stringify(one)}\n`).join(''));
    await file.datasync();
  };
  return (entry) => {
    const mine = last.then(() => write(entry));
    last = mine.catch(() => undefined);
    return mine;
  };
}

async function lock(path: string): Promise<() => Promise<void>> {
  // With its holder's number from the start: one without looks like one of the dead.
  const mine = `${path}.${process.pid}`;
  await writeFile(mine, String(process.pid), { mode: 0o600 });
  for (let attempt = 1; ; attempt += 1) {
    try {
      await link(mine, path);
      await rm(mine, { force: true });
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        await rm(mine, { force: true });
        throw error;
      }
    }
    const holder = Number(await readFile(path, 'utf8').catch(() => ''));
    if (attempt > 1 || isAlive(holder)) {
      await rm(mine, { force: true });
      throw new CliError(
        'in_use',
        `This migration is running already, as process ${holder}. If it is not, delete ${path}.`,
        EXIT.refused,
      );
    }
    // It was killed before it could take its lock away.
    await rm(path, { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
