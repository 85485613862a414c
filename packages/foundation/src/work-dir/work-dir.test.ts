import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLogger } from '../telemetry/index.ts';
import { keepWorkDirClean } from './index.ts';

test('folders that a killed worker left are gone after the start, those in use stay', async () => {
  const workDir = await mkdtemp(join(tmpdir(), 'work-dir-'));
  await mkdir(join(workDir, 'in-use'));
  await mkdir(join(workDir, 'left', 'deep'), { recursive: true });
  const longAgo = new Date(Date.now() - 2 * 3_600_000);
  await utimes(join(workDir, 'left'), longAgo, longAgo);
  const stop = keepWorkDirClean(workDir, createLogger({ service: 'test', level: 'silent' }));
  await expect.poll(() => readdir(workDir)).toEqual(['in-use']);
  stop();
  await rm(workDir, { recursive: true });
});
