import { spawn } from 'node:child_process';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { EngineChild } from './engine-child.ts';

/** Asks for processes when not a file more can be opened, and tells what came of it. */
const WITHOUT_FILES = `
import { closeSync, openSync } from 'node:fs';
import { EngineRunner, runEngineChild } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};

const held = [];
try {
  for (;;) held.push(openSync('/dev/null'));
} catch {}
const photo = { type: 'inspect', frame: { name: 'hall.jpg', path: 'hall.jpg' }, outputs: [] };
const error = await runEngineChild(photo).catch((reason) => reason);
const troubles = [];
const onTrouble = ({ message, cause }) => troubles.push([message.trim(), cause.code]);
const runner = new EngineRunner({ places: 1, threads: 1, onTrouble });
const isReady = await runner.prepare();
await runner.stop();
for (const file of held) closeSync(file);
console.log(JSON.stringify({ code: error.code, cause: error.cause?.code, isReady, troubles }));
`;

it.skipIf(process.platform === 'win32')(
  'a process that cannot be started is an error like others, and ends nobody else',
  async () => {
    // In a group of its own: a signal for a process that never was would go to the whole group.
    const child = spawn(
      'sh',
      ['-c', 'ulimit -n 64; exec "$0" "$@"', process.execPath, '--input-type=module'],
      { detached: true, stdio: ['pipe', 'pipe', 'inherit'] },
    );
    child.stdin.end(WITHOUT_FILES);
    expect(JSON.parse((await text(child.stdout)) || 'null')).toEqual({
      code: 'crashed',
      cause: 'EMFILE',
      isReady: false,
      troubles: [['A spare engine process ended while it practised: by itself.', 'EMFILE']],
    });
  },
  30_000,
);

it('what a process says is not heard once it was killed: another one may be at its work', async () => {
  const child = new EngineChild();
  const heard: string[] = [];
  child.listen(({ type }) => heard.push(type));
  child.send({ type: 'inspect', frame: { name: 'hall.jpg', path: '/nowhere' }, outputs: [] });
  // It says all it has to say while this process is held up.
  const end = performance.now() + 2_500;
  while (performance.now() < end);
  child.kill();
  await child.ended;
  expect([child.hasBegun, heard]).toEqual([false, []]);
}, 30_000);
