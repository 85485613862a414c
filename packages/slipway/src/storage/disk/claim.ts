import { link, mkdir, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { slipwayError } from '../../errors.ts';
import { type DiskPaths, FILE_MODE, FOLDER_MODE, hasCode, nullIfMissing } from './disk-paths.ts';
import { hasEnded, owner } from './owner.ts';

/** A writer shows this often that it lives. */
const HEARTBEAT_MS = 10_000;
/** A claim without a sign of life for so long is one of a process that ended, wherever that ran. */
const CLAIM_STALE_MS = 60_000;

interface Claim {
  release(): Promise<void>;
}

/**
 * Lets one writer at a time send an object, also between processes: ten would fill the disk ten
 * times over. Only that depends on the claim. Should a writer be paused for so long that another
 * takes its claim over, both still write to files of their own, and `link` decides.
 *
 * @throws `upload_in_progress` while another writer holds it.
 */
export async function claimUpload(
  paths: DiskPaths,
  input: { key: string; temporary: string },
): Promise<Claim> {
  const path = paths.claim(input.key);
  const note = `${input.temporary}.claim`;
  for (const folder of [paths.claims, paths.temporary])
    await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  if (!(await create(path, note))) {
    if (await isFresh(path)) throw inProgress();
    await nullIfMissing(unlink(path));
    if (!(await create(path, note))) throw inProgress();
  }
  // A temporary file grows a mebibyte at a time: a slow upload's would look forgotten, too.
  let beat: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    beat = Promise.all([show(path, note), touch(input.temporary)]).catch(() => undefined);
  }, HEARTBEAT_MS).unref();
  return {
    async release() {
      clearInterval(timer);
      // Or it could put the claim back after it was released.
      await beat;
      await nullIfMissing(unlink(path));
    },
  };
}

/** True while a living writer holds the claim. */
export async function isFresh(path: string): Promise<boolean> {
  const found = await nullIfMissing(stat(path));
  if (found === null || Date.now() - found.mtimeMs >= CLAIM_STALE_MS) return false;
  // A process of this machine that was killed is known to be gone at once.
  const holder = await nullIfMissing(readFile(path, 'utf8'));
  return holder !== null && !(holder !== '' && hasEnded(holder));
}

/** Written first and then linked: whoever is killed between the two leaves no claim without a holder. */
async function create(path: string, note: string): Promise<boolean> {
  try {
    await writeFile(note, owner ?? '', { mode: FILE_MODE });
    await link(note, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await nullIfMissing(unlink(note));
  }
}

async function touch(path: string): Promise<void> {
  const now = new Date();
  await nullIfMissing(utimes(path, now, now));
}

/** Also puts a claim back that another writer took over and released. */
async function show(path: string, note: string): Promise<void> {
  await writeFile(note, owner ?? '', { mode: FILE_MODE });
  await rename(note, path);
}

function inProgress() {
  return slipwayError(
    'upload_in_progress',
    'Another request is sending bytes to this URL; expected one at a time.',
    { retryAfter: 15 },
  );
}
