import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { handleRequest } from './handle-request.ts';
import { failureOf } from './testing/failure-of.ts';
import { makeBracket } from './testing/pictures.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-disk-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const quiet = (): void => undefined;

it('a photo that cannot be read is named with its path and the reason', async () => {
  const [gone, room] = [join(folder, 'gone.jpg'), join(folder, 'room.jpg')];
  await mkdir(room);
  const refusal = (path: string) =>
    failureOf(
      handleRequest({ type: 'inspect', frame: { name: 'hall.jpg', path }, outputs: [] }, quiet),
    );
  expect(await refusal(gone)).toMatchObject({
    code: 'unreadable_file',
    message: `"hall.jpg" cannot be read from "${gone}": there is no such file or folder.`,
  });
  expect((await refusal(room)).message).toBe(
    `"hall.jpg" cannot be read from "${room}": it is a folder.`,
  );
});

it('a result that cannot be written is named with its path and the reason', async () => {
  const [frame] = await makeBracket({ width: 48, height: 32, evs: [0] });
  const [from, to] = [join(folder, 'hall.jpg'), join(folder, 'nowhere', 'thumb.jpg')];
  await writeFile(from, frame?.bytes ?? '');
  const outputs = [{ name: 'thumb', path: to, maxWidth: 40 }];
  const failure = await failureOf(
    handleRequest({ type: 'inspect', frame: { name: 'hall.jpg', path: from }, outputs }, quiet),
  );
  expect(failure).toMatchObject({
    code: 'write_failed',
    message: `The result "thumb" cannot be written to "${to}": there is no such file or folder.`,
  });
});
