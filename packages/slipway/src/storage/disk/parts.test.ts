import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { diskPaths } from './disk-paths.ts';
import { createUpload, ingestPart, removeUpload } from './parts.ts';

/** In each the upload ends a little later in a part's way; some end it between any two steps. */
const ROUNDS = 300;

test('a part whose upload ends at any moment is stored, or told that it was too late', async () => {
  const root = await mkdtemp(join(tmpdir(), 'parts-'));
  const paths = diskPaths(root);
  const outcomes = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const uploadId = await createUpload(paths, 'parts/abcdefgh12345678.bin');
    const parts = [1, 2, 3].map((number) =>
      ingestPart(paths, {
        ...{ uploadId, number, size: 3, sha256: undefined },
        body: Readable.from([Buffer.from('abc')]),
      }).then(
        () => 'stored',
        (error: unknown) => (error as { code?: string }).code ?? String(error),
      ),
    );
    await wait((round % 30) / 5);
    await removeUpload(paths, uploadId);
    for (const outcome of await Promise.all(parts)) outcomes.add(outcome);
  }
  expect([...outcomes].sort()).toEqual(['stored', 'upload_closed']);
  expect(await readdir(paths.temporary)).toEqual([]);
  await rm(root, { recursive: true });
});
