import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSlipway, type SlipwayFile } from 'slipway/server';
import { afterAll, expect, test } from 'vitest';
import { runCli, startCli } from './cli-process.ts';
import { startFakeUploadthing } from './fake-uploadthing.ts';
import { freePort } from './free-port.ts';
import { type Account, signUpWithProject, slipwayUrl } from './slipway-account.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-migrate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const OPEN = { allowedTypes: [], maxSize: 100_000_000, maxFiles: null, visibility: 'public' };

interface Target {
  readonly account: Account;
  readonly env: Record<string, string>;
  readonly state: string;
  files(): Promise<SlipwayFile[]>;
  /** What the address of a file with this key gives here. */
  read(key: string): Promise<Response>;
}

async function target(token: string): Promise<Target> {
  const account = await signUpWithProject();
  await account.setRules({ ...OPEN, visibility: 'private' });
  const home = mkdtempSync(join(folder, 'home-'));
  const slipway = createSlipway({ url: slipwayUrl(), apiKey: account.key });
  return {
    account,
    env: {
      HOME: home,
      XDG_STATE_HOME: join(home, 'state'),
      SLIPWAY_URL: slipwayUrl(),
      SLIPWAY_API_KEY: account.key,
      UPLOADTHING_TOKEN: token,
    },
    state: join(home, 'moved.jsonl'),
    async files() {
      const found: SlipwayFile[] = [];
      for await (const file of slipway.files.all()) found.push(file);
      return found;
    },
    read: (key) => fetch(`${slipwayUrl()}/a/${account.projectId}/${key}`),
  };
}

const command = ({ state }: Target, apiUrl: string, ...more: string[]) => [
  'migrate',
  'uploadthing',
  '--api-url',
  apiUrl,
  '--state',
  state,
  '--json',
  ...more,
];

async function migrate(to: Target, apiUrl: string, ...more: string[]) {
  const { code, stdout, stderr } = await runCli(command(to, apiUrl, ...more), { env: to.env });
  return { code, body: JSON.parse(stdout), said: stdout + stderr };
}

const linesOf = (path: string): Record<string, unknown>[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line))
    : [];

/** As an app's server does it: the URL by prepareUpload, then a form. */
async function uploadTo(
  variables: Record<string, string>,
  wish: { fileName: string; fileType: string; acl?: string; customId?: string },
  bytes: Buffer,
): Promise<string> {
  const { apiKey } = JSON.parse(
    Buffer.from(variables['UPLOADTHING_TOKEN'] ?? '', 'base64').toString(),
  );
  const prepared = await fetch(`${variables['UPLOADTHING_API_URL']}/v7/prepareUpload`, {
    method: 'POST',
    headers: { 'x-uploadthing-api-key': apiKey, 'content-type': 'application/json' },
    body: JSON.stringify({ ...wish, fileSize: bytes.length }),
  });
  const { url, key } = await prepared.json();
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]));
  const sent = await fetch(url, { method: 'PUT', body: form });
  expect(sent.status).toBe(200);
  return key;
}

test('killed in the middle and run again, every file is there once, bit for bit', async () => {
  // An app that lives on a Slipway itself: its drop-in speaks as UploadThing does.
  const source = await signUpWithProject();
  await source.setRules(OPEN);
  const variables = await source.uploadthingVariables();
  const apiUrl = variables['UPLOADTHING_API_URL'] ?? '';
  const sent = new Map<string, Buffer>();
  const add = async (bytes: Buffer, wish: object = {}) => {
    const about = { fileName: 'größe 100%.bin', fileType: 'application/octet-stream', ...wish };
    const key = await uploadTo(variables, about, bytes);
    sent.set(key, bytes);
    return key;
  };
  for (let made = 0; made < 17; made += 1) await add(randomBytes(1000 + made));
  const secret = await add(Buffer.from('secret'), {
    fileName: 's.txt',
    fileType: 'text/plain',
    acl: 'private',
  });
  await add(Buffer.alloc(0), { customId: 'order/7' });
  await add(randomBytes(9 * 1024 ** 2));

  const to = await target(variables['UPLOADTHING_TOKEN'] ?? '');
  const rehearsal = await migrate(to, apiUrl, '--dry-run');
  expect([rehearsal.code, rehearsal.body.toCopy, existsSync(to.state)]).toEqual([0, 20, false]);
  for (const enough of [4, 10]) {
    const child = startCli(command(to, apiUrl, '--parallel', '2'), { env: to.env });
    const closed = new Promise((resolve) => child.once('close', resolve));
    while (linesOf(to.state).length < enough) await sleep(2);
    child.kill('SIGKILL');
    await closed;
  }
  const before = linesOf(to.state).length - 1;
  expect(before).toBeLessThan(20);
  expect(statSync(to.state).mode & 0o777).toBe(0o600);
  const last = await migrate(to, apiUrl);
  expect(last).toMatchObject({ code: 0, body: { listed: 20, doneBefore: before, failed: 0 } });
  expect(last.body.copied + before).toBe(20);

  // None twice, also none that was given up.
  const here = await to.files();
  expect(here.filter(({ status }) => status === 'ready')).toHaveLength(20);
  expect(here.filter(({ status }) => !['ready', 'deleted'].includes(status))).toEqual([]);
  for (const [key, bytes] of sent) {
    if (key === secret) continue;
    const got = Buffer.from(await (await to.read(key)).arrayBuffer());
    expect(got.equals(bytes), key).toBe(true);
  }
  expect((await to.read(secret)).status).toBe(404);
  expect(here.find(({ customId }) => customId === 'order/7')).toMatchObject({ size: 0 });
  for (const { key, type, sha256, md5 } of linesOf(to.state)) {
    const bytes = sent.get(String(key)) ?? '';
    const digest = (algorithm: string) => createHash(algorithm).update(bytes).digest('hex');
    if (type === 'done') expect([sha256, md5]).toEqual([digest('sha256'), digest('md5')]);
  }

  // Nothing is left to do; and where nobody remembers, what is there is found and compared.
  const again = await migrate(to, apiUrl);
  expect(again.body).toMatchObject({ copied: 0, doneBefore: 20 });
  rmSync(to.state);
  expect((await migrate(to, apiUrl)).body).toMatchObject({ copied: 20, failed: 0 });
  expect((await to.files()).filter(({ status }) => status === 'ready')).toHaveLength(20);
});

test('what fails is told, fails the command, and is tried again by the next one', async () => {
  const fake = await startFakeUploadthing();
  const file = (key: string, more: object = {}) => ({
    ...{ key, name: `${key}.bin`, bytes: randomBytes(50_000) },
    ...more,
  });
  for (let made = 0; made < 12; made += 1) fake.files.push(file(`plain${made}`));
  fake.files.push(
    file('cut'),
    file('busy'),
    file('closed', { isPrivate: true }),
    file('lost'),
    file('liar'),
    file('picture', { name: 'no picture.png', type: 'image/png' }),
    file('going', { status: 'Deletion Pending' }),
  );
  fake.mishaps.set('cut', ['cut', 'cut']);
  fake.mishaps.set('busy', ['busy']);
  fake.mishaps.set('lost', ['gone', 'gone', 'gone']);
  fake.mishaps.set('liar', ['other size', 'other size']);
  const to = await target(fake.token);
  const first = await migrate(to, fake.apiUrl);
  expect(first.code).toBe(1);
  expect(first.body).toMatchObject({ listed: 19, copied: 15, private: 1, failed: 3 });
  expect(first.body.skipped).toEqual({ 'Deletion Pending': 1 });
  const codes = first.body.failures.map(({ key, code }: Record<string, string>) => [key, code]);
  expect(Object.fromEntries(codes)).toEqual({
    lost: 'source_missing',
    liar: 'size_mismatch',
    picture: 'type_mismatch',
  });
  // What was cut went on from where it was; what was on its way then may come again.
  const cuts = fake.downloads.filter(({ key }) => key === 'cut').map(({ range }) => range);
  expect([cuts.length, cuts[0]]).toEqual([3, undefined]);
  expect(cuts.filter((range) => range !== undefined).length).toBeGreaterThan(0);
  expect((await to.read('closed')).status).toBe(404);
  expect((await to.read('cut')).status).toBe(200);

  // What was a fault there is none any more; a rule of ours stays one until it is changed.
  const second = await migrate(to, fake.apiUrl);
  expect([second.code, second.body.copied, second.body.failures.length]).toEqual([1, 2, 1]);
  const wrong = fake.files.findIndex(({ key }) => key === 'picture');
  fake.files[wrong] = file('picture');
  expect(await migrate(to, fake.apiUrl)).toMatchObject({ code: 0, body: { copied: 1 } });
  expect(fake.refused).toEqual([]);
  await fake.close();
});

test('a key that is wrong opens nothing and is never shown; a state is of one way', async () => {
  const fake = await startFakeUploadthing();
  fake.files.push({ key: 'one', name: 'one.bin', bytes: randomBytes(100) });
  const to = await target(fake.token);
  const secret = 'sk_live_somebody_elses';
  const env = { ...to.env, UPLOADTHING_TOKEN: '', UPLOADTHING_SECRET: secret };
  const refused = await migrate({ ...to, env }, fake.apiUrl);
  expect([refused.code, refused.body.error.code]).toEqual([3, 'source_key_refused']);
  expect(refused.said).not.toContain(secret);
  const none = await migrate({ ...to, env: { ...env, UPLOADTHING_SECRET: '' } }, fake.apiUrl);
  expect([none.code, none.body.error.code]).toEqual([3, 'no_source_key']);
  // A token of the drop-in is not sent to UploadThing.
  const { UPLOADTHING_TOKEN = '' } = await to.account.uploadthingVariables();
  const own = await runCli(['migrate', 'uploadthing', '--json'], {
    env: { ...to.env, UPLOADTHING_TOKEN },
  });
  expect([own.code, own.stdout.includes('received one of Slipway')]).toEqual([2, true]);
  // A key of Slipway that may not do this fails before anything is copied.
  const nowhere = `http://127.0.0.1:${await freePort()}`;
  const away = { ...to, env: { ...to.env, SLIPWAY_URL: nowhere } };
  expect((await migrate(away, fake.apiUrl)).code).toBe(6);

  const elsewhere = await target(fake.token);
  expect((await migrate(to, fake.apiUrl)).code).toBe(0);
  const mixed = await migrate({ ...elsewhere, state: to.state }, fake.apiUrl);
  expect([mixed.code, mixed.body.error.message]).toEqual([2, expect.stringContaining('--state')]);
  await fake.close();
});
