import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { linesPerTurn } from './standard-output.ts';

function recorded() {
  const pieces: string[] = [];
  const stream = linesPerTurn({
    write: (piece) => pieces.push(piece),
    flushSync: () => pieces.push('(flushed)'),
  });
  return { pieces, stream };
}

test('the lines of one turn are one piece, those of the next another', async () => {
  const { pieces, stream } = recorded();
  for (const line of ['a\n', 'b\n']) stream.write(line);
  expect(pieces).toEqual([]);
  await nextTurn();
  for (const line of ['c\n', 'd\n']) stream.write(line);
  await nextTurn();
  expect(pieces).toEqual(['a\nb\n', 'c\nd\n']);
});

test('a piece is no longer than a pipe takes at once, and no line is cut', async () => {
  const { pieces, stream } = recorded();
  const lines = Array.from({ length: 100 }, (_, index) => `${index} ${'ü'.repeat(400)}\n`);
  lines.splice(50, 0, `${'x'.repeat(9000)}\n`);
  for (const line of lines) stream.write(line);
  await nextTurn();
  expect(pieces.join('')).toBe(lines.join(''));
  expect(pieces.every((piece) => piece.endsWith('\n'))).toBe(true);
  expect(pieces.map((piece) => Buffer.byteLength(piece)).filter((bytes) => bytes > 4096)).toEqual([
    9001,
  ]);
});

test('a flush does not wait for the turn to end', () => {
  const { pieces, stream } = recorded();
  stream.write('a\n');
  stream.flushSync();
  expect(pieces).toEqual(['a\n', '(flushed)']);
});

test.each(['process.exit(3)', 'throw new Error("the end")'])(
  'what was logged before “%s” is out',
  async (end) => {
    const module = new URL('./index.ts', import.meta.url).href;
    const script = `
      import { createLogger } from ${JSON.stringify(module)};
      const log = createLogger({ service: 'test', level: 'info' });
      await new Promise((resolve) => setTimeout(resolve, 20));
      for (let line = 1; line <= 10; line++) log.info({ line }, 'counted');
      ${end};
    `;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [lines] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    const counted = lines
      .trimEnd()
      .split('\n')
      .map((line): number => JSON.parse(line).line);
    expect(counted).toEqual(Array.from({ length: 10 }, (_, index) => index + 1));
  },
);
