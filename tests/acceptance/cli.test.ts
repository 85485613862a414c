import { execFileSync } from 'node:child_process';
import { createHmac, randomBytes } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo, connect, createServer as createRelay, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSlipway, type Slipway } from 'slipway/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli, startCli } from './cli-process.ts';
import { freePort } from './free-port.ts';
import { type Account, signUpWithProject, slipwayUrl } from './slipway-account.ts';

const MIB = 1024 ** 2;
const PART = 8 * MIB;
const folder = mkdtempSync(join(tmpdir(), 'slipway-cli-'));

let account: Account;
let key: string;
let slipway: Slipway;
let env: Record<string, string>;

beforeAll(async () => {
  account = await signUpWithProject();
  ({ key } = account);
  slipway = createSlipway({ url: slipwayUrl(), apiKey: key });
  env = { ...homes(), SLIPWAY_URL: slipwayUrl(), SLIPWAY_API_KEY: key };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const homes = () => {
  const home = mkdtempSync(join(folder, 'home-'));
  return { HOME: home, XDG_CONFIG_HOME: join(home, 'config'), XDG_STATE_HOME: join(home, 'state') };
};

const slipwayCommand = (
  args: string,
  more: { env?: Record<string, string>; input?: string } = {},
) => runCli(args.split(' '), { env, cwd: folder, ...more });

async function json(args: string, more: { env?: Record<string, string> } = {}) {
  const { code, stdout } = await slipwayCommand(`${args} --json`, more);
  return { code, body: JSON.parse(stdout) };
}

describe('a profile', () => {
  test('is stored for its owner alone, and opens the project from then on', async () => {
    const home = homes();
    const login = `login --url ${slipwayUrl()}/ --with-key`;
    expect((await slipwayCommand(login, { env: home, input: `${key}\n` })).code).toBe(0);
    const file = join(home.XDG_CONFIG_HOME, 'slipway/profiles/default.json');
    expect([statSync(file).mode & 0o777, statSync(join(file, '..')).mode & 0o777]).toEqual([
      0o600, 0o700,
    ]);
    const { body } = await json('projects', { env: home });
    expect(body.data).toMatchObject([{ profile: 'default', current: true, name: 'Acceptance' }]);
    // The stored key goes to no other address.
    const elsewhere = await json('files ls --url http://127.0.0.1:1', { env: home });
    expect([elsewhere.code, elsewhere.body.error.message]).toEqual([
      2,
      expect.stringContaining(`belongs to ${slipwayUrl()}`),
    ]);
    expect((await slipwayCommand('logout', { env: home })).code).toBe(0);
    expect((await slipwayCommand('files ls', { env: home })).code).toBe(3);
  });

  test('comes from the browser, of whoever says yes there', async () => {
    const home = homes();
    const args = ['login', '--browser', '--json', '--url', slipwayUrl()];
    const login = startCli(args, { env: home, cwd: folder });
    const closed = new Promise((resolve) => login.once('close', resolve));
    let [said, result] = ['', ''];
    login.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    login.stdout.on('data', (chunk: Buffer) => {
      result += chunk.toString();
    });
    while (!said.includes('\n')) await sleep(20);
    const { userCode, verificationUri } = JSON.parse(said);
    expect(verificationUri).toBe(`${slipwayUrl()}/device`);
    await account.letIn(userCode);
    expect(await closed).toBe(0);
    expect(JSON.parse(result)).toMatchObject({ project: { id: account.projectId } });
    const file = join(home.XDG_CONFIG_HOME, 'slipway/profiles/default.json');
    const { apiKey } = JSON.parse(readFileSync(file, 'utf8'));
    expect(`${said}${result}`).not.toContain(apiKey);
    expect((await json('files ls', { env: home })).code).toBe(0);
    // It may do what was granted, and no more.
    expect((await json('keys list', { env: home })).body.error.code).toBe('forbidden');
  });

  test('is not stored with a key that opens nothing', async () => {
    const home = homes();
    const input = `sk_live_${'x'.repeat(32)}`;
    const { code, stderr } = await slipwayCommand(`login --url ${slipwayUrl()} --with-key`, {
      env: home,
      input,
    });
    expect([code, stderr.includes(`${slipwayUrl()}/docs/errors`)]).toEqual([3, true]);
    expect(stderr).not.toContain(input);
    expect((await slipwayCommand('files ls', { env: home })).code).toBe(3);
  });
});

test('what went wrong can be told by the exit code, and by one JSON document', async () => {
  const told = async (args: string, more: Record<string, string> = {}) => {
    const { code, body } = await json(args, { env: { ...env, ...more } });
    expect(body.error.exitCode).toBe(code);
    return [code, body.error.code];
  };
  expect(await told('files nonsense')).toEqual([2, 'usage']);
  expect(await told('files put')).toEqual([2, 'usage']);
  expect(await told('files ls --limit 0')).toEqual([2, 'usage']);
  expect(await told('projects', { SLIPWAY_API_KEY: 'sk_live_wrong' })).toEqual([
    3,
    'api_key_invalid',
  ]);
  expect(await told('files get file_none')).toEqual([4, 'not_found']);
  expect(await told('keys create x --scope read --expires 2001-01-01')).toEqual([
    5,
    'validation_failed',
  ]);
  const nowhere = `http://127.0.0.1:${await freePort()}`;
  expect(await told('projects', { SLIPWAY_URL: nowhere })).toEqual([6, 'network_error']);
});

test('a file goes up, comes back bit for bit, and is deleted', async () => {
  const bytes = randomBytes(123_457);
  writeFileSync(join(folder, 'a photo.bin'), bytes);
  const about = ['--metadata', 'a=b', '--folder', 'from/cli', '--tag', 'blue', '--private'];
  const put = await runCli(['files', 'put', 'a photo.bin', ...about, '--json'], {
    env,
    cwd: folder,
  });
  const [file] = JSON.parse(put.stdout).data;
  expect(file).toMatchObject({ name: 'a photo.bin', status: 'ready', metadata: { a: 'b' } });
  expect([file.folder, file.tags, file.visibility]).toEqual(['from/cli', ['blue'], 'private']);
  const found = await json('files ls -q photo --folder from --tag blue --status ready --sort size');
  expect(found.body.data).toMatchObject([{ id: file.id }]);
  expect((await json('files ls --tag red')).body.data).toEqual([]);

  mkdirSync(join(folder, 'into'));
  // What an earlier run left of it.
  writeFileSync(join(folder, `into/.${file.id}.slipway-part`), bytes.subarray(0, 100_000));
  const got = await json(`files get ${file.id} into`);
  expect(got.body).toMatchObject({ resumedBytes: 100_000, verified: true });
  expect(readFileSync(join(folder, 'into/a photo.bin')).equals(bytes)).toBe(true);
  expect(await slipwayCommand(`files get ${file.id} into`)).toMatchObject({ code: 5, stdout: '' });

  writeFileSync(join(folder, `.${file.id}.slipway-part`), randomBytes(1000));
  expect((await json(`files get ${file.id} other.bin`)).body.error.code).toBe('digest_mismatch');
  expect(readdirSync(folder)).not.toContain('other.bin');

  const gone = await json(`files rm ${file.id} file_none`);
  expect([gone.code, gone.body.data[0].status, gone.body.failed[0].id]).toEqual([
    4,
    'deleted',
    'file_none',
  ]);
  const events = (await json('logs')).body.data.map(({ type }: { type: string }) => type);
  expect(events.slice(-2)).toEqual(['file.ready', 'file.deleted']);
});

test('nothing but the result is on stdout, without colours, when nobody watches', async () => {
  const { stdout, stderr } = await slipwayCommand('files ls');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for them
  expect(`${stdout}${stderr}`).not.toMatch(/\u001b/);
});

test('an upload that was killed goes on, and sends at most one part of it again', async () => {
  const bytes = randomBytes(12 * PART + 12_345);
  writeFileSync(join(folder, 'film.bin'), bytes);
  const args = ['files', 'put', 'film.bin', '--parallel', '1', '--json'];
  const first = startCli(args, { env, cwd: folder });
  const closed = new Promise((resolve) => first.once('close', resolve));
  const session = async () => {
    const state = join(env['XDG_STATE_HOME'] ?? '', 'slipway/uploads');
    const [name] = readdirSync(state).filter((each) => each.endsWith('.json'));
    const { target } = JSON.parse(readFileSync(join(state, name ?? ''), 'utf8'));
    expect(statSync(join(state, name ?? '')).mode & 0o777).toBe(0o600);
    return (await (await fetch(target.url)).json()) as { parts: { size: number }[] };
  };
  const arrived = async () => (await session().catch(() => ({ parts: [] }))).parts.length;
  while ((await arrived()) < 3) await sleep(10);
  first.kill('SIGKILL');
  await closed;
  const stored = (await session()).parts.length;
  expect(stored).toBeLessThan(12);

  const second = await runCli(args, { env, cwd: folder });
  const [file] = JSON.parse(second.stdout).data;
  // One part was on its way at most; of those that had arrived none is sent again.
  expect(file).toMatchObject({ status: 'ready', resumedBytes: stored * PART });
  expect((await slipway.files.list({ q: 'film.bin' })).data).toHaveLength(1);
  const back = await (await slipway.files.download(file.id)).bytes();
  expect(Buffer.from(back).equals(bytes)).toBe(true);
});

test('keys are made, rolled and revoked', async () => {
  const made = (await json('keys create Robot --scope read upload --test')).body;
  expect(made).toMatchObject({ name: 'Robot', scopes: ['upload', 'read'], environment: 'test' });
  const opens = async (apiKey: string) =>
    (await slipwayCommand('projects', { env: { ...env, SLIPWAY_API_KEY: apiKey } })).code;
  const rolled = (await json(`keys roll ${made.id} --overlap 0`)).body;
  expect([await opens(made.key), await opens(rolled.key)]).toEqual([3, 0]);
  expect((await slipwayCommand('keys list')).stdout).not.toContain(rolled.key);
  // Keys are not for keys that may only read.
  expect(
    (await json('keys list', { env: { ...env, SLIPWAY_API_KEY: rolled.key } })).body.error,
  ).toMatchObject({ code: 'forbidden', exitCode: 3 });
  expect((await slipwayCommand(`keys revoke ${rolled.id}`)).code).toBe(0);
  expect(await opens(rolled.key)).toBe(3);
});

test('events are forwarded, signed and in order, also after the receiver was away', async () => {
  const port = await freePort();
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const args = ['listen', '--forward-to', String(port), '--secret', secret, '--json'];
  const listener = startCli(args, { env, cwd: folder });
  let said = '';
  listener.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const closed = new Promise((resolve) => listener.once('close', resolve));
  while (!said.includes('listening')) await sleep(20);
  const upload = async (name: string) =>
    (await slipway.upload(new Blob([name]), { name, type: 'text/plain' })).id;
  const ids = [await upload('one.txt'), await upload('two.txt')];
  while (!said.includes('ECONNREFUSED')) await sleep(20);

  const got: { headers: IncomingHttpHeaders; body: string }[] = [];
  const receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    got.push({ headers: request.headers, body });
    // The first is refused once, and comes again with the same id.
    response.writeHead(got.length === 1 ? 500 : 204).end();
  });
  await new Promise<void>((resolve) => receiver.listen(port, '127.0.0.1', resolve));
  while (got.length < 3) await sleep(20);
  listener.kill('SIGINT');
  expect(await closed).toBe(130);
  receiver.close();

  const told = got.map(({ body }) => JSON.parse(body));
  expect(told.map(({ type, data }) => [type, data.file.id])).toEqual(
    [ids[0], ids[0], ids[1]].map((id) => ['file.ready', id]),
  );
  expect(got[0]?.headers['webhook-id']).toBe(got[1]?.headers['webhook-id']);
  for (const { headers, body } of got) {
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const hmac = createHmac('sha256', Buffer.from(secret.slice(6), 'base64')).update(signed);
    expect(headers['webhook-signature']).toBe(`v1,${hmac.digest('base64')}`);
  }
});

test('a listener outlives Slipway’s restart, says so, and misses nothing', async () => {
  // From the command's side a restart is this: connections break, nobody answers, somebody does again.
  const { port: slipwayPort } = new URL(slipwayUrl());
  const port = await freePort();
  const start = async () => {
    const open = new Set<Socket>();
    const relay = createRelay((near) => {
      const far = connect(Number(slipwayPort), '127.0.0.1');
      for (const socket of [near, far]) {
        open.add(socket);
        socket.on('error', () => undefined);
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => relay.listen(port, '127.0.0.1', resolve));
    return () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => relay.close(resolve));
    };
  };
  const got: string[] = [];
  const receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    got.push(JSON.parse(body).data.file.name);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port: to } = receiver.address() as AddressInfo;
  let stop = await start();
  const through = { ...env, SLIPWAY_URL: `http://127.0.0.1:${port}` };
  const listener = startCli(['listen', '--forward-to', String(to), '--json'], { env: through });
  const closed = new Promise((resolve) => listener.once('close', resolve));
  let said = '';
  for (const stream of [listener.stdout, listener.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  while (!said.includes('listening')) await sleep(20);
  const upload = (name: string) => slipway.upload(new Blob([name]), { name, type: 'text/plain' });
  await upload('before.txt');
  while (got.length < 1) await sleep(20);
  await stop();
  await upload('while-away.txt');
  while (!said.includes('disconnected')) await sleep(20);
  stop = await start();
  await upload('after.txt');
  while (got.length < 3) await sleep(20);
  listener.kill('SIGINT');
  expect(await closed).toBe(130);
  receiver.close();
  await stop();
  expect(got).toEqual(['before.txt', 'while-away.txt', 'after.txt']);
  expect(said).toContain('{"type":"connected"}');
});

test('the doctor finds a sound Slipway, and leaves nothing behind', async () => {
  const { code, body } = await json('doctor');
  const results = body.checks.map(({ name, result }: { name: string; result: string }) => [
    name,
    result,
  ]);
  expect([code, Object.fromEntries(results)]).toEqual([
    0,
    { address: 'ok', clock: 'ok', key: 'ok', upload: 'ok', cors: 'ok', callback: 'skipped' },
  ]);
  expect((await slipway.files.list({ q: 'slipway-doctor' })).data).toEqual([]);
  const url = `http://127.0.0.1:${await freePort()}`;
  const ill = await json('doctor', { env: { ...env, SLIPWAY_URL: url } });
  expect([ill.code, ill.body.checks[0].result, ill.body.checks[2].result]).toEqual([
    1,
    'fail',
    'skipped',
  ]);
});

test('bash completes commands and options', async () => {
  const { stdout } = await slipwayCommand('completion bash');
  const complete = (...words: string[]) =>
    execFileSync(
      'bash',
      [
        '-c',
        `${stdout}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _slipway; echo "\${COMPREPLY[@]}"`,
        '-',
        ...words,
      ],
      { encoding: 'utf8' },
    ).trim();
  expect(complete('slipway', 'fi')).toBe('files');
  expect(complete('slipway', 'files', 'p')).toBe('put');
  expect(complete('slipway', 'files', 'put', '--par')).toBe('--parallel');
});
