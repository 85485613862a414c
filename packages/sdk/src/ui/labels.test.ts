import { expect, test } from 'vitest';
import type { UploadItem } from '../client/uploader.ts';
import { WORDS } from './labels.ts';

const done = (serverPending: boolean) =>
  WORDS.item({ state: 'done', file: new File(['ab'], 'a.txt'), serverPending } as UploadItem);

test('a file that arrived says so, and whether its server is still at work', () => {
  expect(done(false)).toBe('Uploaded 2 B');
  expect(done(true)).toBe('Processing 2 B');
});
