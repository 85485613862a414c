import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { FailpointEnv, failpoint } from './index.ts';

/** A process that walks over three steps, armed or not. */
function walk(plan?: string) {
  const module = new URL('./index.ts', import.meta.url).href;
  const script = `
    import { armFailpoints, FailpointEnv, failpoint } from '${module}';
    armFailpoints(FailpointEnv.parse({ FAILPOINTS: process.argv[1] }));
    for (const name of ['first', 'second.step', 'third']) failpoint(name);
    process.stdout.write('arrived');
  `;
  const args = ['--input-type=module', '--eval', script];
  return spawnSync(process.execPath, plan === undefined ? args : [...args, plan], {
    encoding: 'utf8',
  });
}

test('does nothing unless it is armed', () => {
  expect(walk()).toMatchObject({ status: 0, stdout: 'arrived' });
  failpoint('here');
});

test('kills the process at the named step, and says which', () => {
  const died = walk('first=0,second.step=1');
  expect(died).toMatchObject({ signal: 'SIGKILL', stdout: '' });
  expect(died.stderr).toContain('failpoint second.step\n');
});

test('a star speaks for every step that is not named', () => {
  expect(walk('*=1,first=0').stderr).toContain('failpoint second.step\n');
  expect(walk('third=0')).toMatchObject({ status: 0, stdout: 'arrived' });
});

test.each(['', 'first', 'first=2', 'first=.5', 'First=1', 'a=1,,b=1'])('refuses "%s"', (text) => {
  const result = FailpointEnv.safeParse({ FAILPOINTS: text });
  expect(result.error?.issues[0]?.message).toContain('expected steps with their probability');
});
