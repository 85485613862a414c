import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { claimUpload } from './claim.ts';
import { diskPaths } from './disk-paths.ts';

const KEY = 'claim/abcdefgh12345678.txt';

/** Is killed in the very moment in which its claim can be seen, before it can do anything more. */
const CLAIMER = `
  import { existsSync, mkdirSync } from 'node:fs';
  import { claimUpload } from '${new URL('./claim.ts', import.meta.url).href}';
  import { diskPaths } from '${new URL('./disk-paths.ts', import.meta.url).href}';
  const [root] = process.argv.slice(1);
  const paths = diskPaths(root);
  mkdirSync(paths.temporary, { recursive: true });
  void claimUpload(paths, { key: '${KEY}', temporary: paths.temporary + '/one' });
  (function look() {
    // Nothing else of this thread runs meanwhile; what it asked the system for does.
    for (const until = Date.now() + 20; Date.now() < until; )
      if (existsSync(paths.claim('${KEY}'))) process.kill(process.pid, 'SIGKILL');
    setImmediate(look);
  })();`;

test('the claim of a process that was killed as soon as it had it is taken over at once', async () => {
  const root = await mkdtemp(join(tmpdir(), 'claim-'));
  const paths = diskPaths(root);
  const args = ['--input-type=module', '--eval', CLAIMER, root];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
  expect(existsSync(paths.claim(KEY))).toBe(true);

  const temporary = join(paths.temporary, 'two');
  const claim = await claimUpload(paths, { key: KEY, temporary });
  await expect(claimUpload(paths, { key: KEY, temporary })).rejects.toMatchObject({
    code: 'upload_in_progress',
  });
  await claim.release();
  expect(await readdir(paths.claims)).toEqual([]);
  await rm(root, { recursive: true });
});
