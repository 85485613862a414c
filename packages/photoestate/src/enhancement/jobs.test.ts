import { expect, test } from 'vitest';
import { PhotoestateEnv } from '../env.ts';
import { enhanceSceneJob } from './jobs.ts';

test('a job lives ten minutes longer than its engine ever may', () => {
  const seconds = PhotoestateEnv.shape.ENGINE_MAX_SECONDS;
  const longest = enhanceSceneJob.expireInSeconds - 600;
  expect(seconds.safeParse(longest).success).toBe(true);
  expect(seconds.safeParse(longest + 1).success).toBe(false);
});
