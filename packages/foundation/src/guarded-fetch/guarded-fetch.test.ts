import { spawnSync } from 'node:child_process';
import type { LookupAddress } from 'node:dns';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createGuardedFetch, isPublicAddress, privateTargets, type Resolve } from './index.ts';

let server: Server;
let port: number;
let hits: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`);
    if (request.url === '/redirect') response.writeHead(302, { location: '/secret' }).end();
    else if (request.url === '/silent') request.resume();
    else if (request.url === '/drip') {
      response.write('a');
    } else if (request.url === '/large') response.end(Buffer.alloc(1_000_000, 'x'));
    else if (request.url === '/cut') {
      response.writeHead(200, { 'content-length': '100' });
      response.write('a');
      setTimeout(() => response.destroy(), 20);
    } else request.pipe(response);
  });
  // Both families, as `localhost` may be either.
  await new Promise<void>((resolve) => server.listen(0, '::', resolve));
  ({ port } = server.address() as AddressInfo);
});

beforeEach(() => {
  hits = [];
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const PATIENCE = { timeoutMs: 5_000, maxBytes: 10_000 };

/** Every spelling of somewhere inside that a URL can have; ports are added where the listener could be hit. */
const PRIVATE = [
  '127.0.0.1',
  '127.0.0.1.',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '0x7f.1',
  '0x7f.0.0.1',
  '0x7f000001',
  '0X7F.0X0.0X0.0X1',
  '2130706433',
  '017700000001',
  '0177.0.0.1',
  '00000177.0.0.01',
  '0177.0x0.0.1',
  '0.0.0.0',
  '0',
  '0x0',
  '127。0。0。1',
  '127．0．0．1',
  '127｡0｡0｡1',
  '１２７.０.０.１',
  '①②⑦.⓪.⓪.①',
  '127%2e0%2e0%2e1',
  '%31%32%37.0.0.1',
  'localhost',
  'localhost.',
  'LOCALHOST',
  'ｌｏｃａｌｈｏｓｔ',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[0000::0001]',
  '[::127.0.0.1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::FFFF:7F00:0001]',
  '[0:0:0:0:0:ffff:127.0.0.1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b::a9fe:a9fe]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::1]',
  '[2002:a9fe:a9fe::1]',
  '[2001::7f00:1]',
  '[fe80::1]',
  '[fec0::1]',
  '[fc00::1]',
  '[fd00::1]',
  '[fd00:ec2::254]',
  '[ff02::1]',
  '[2001:db8::1]',
  '[::ffff:169.254.169.254]',
  '169.254.169.254',
  '0xa9fea9fe',
  '2852039166',
  '0251.0376.0251.0376',
  '10.0.0.1',
  '10.1',
  '172.16.0.1',
  '172.31.255.254',
  '192.168.0.1',
  '192.168.1',
  '100.64.0.1',
  '100.100.100.200',
  '192.0.0.192',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '240.0.0.1',
];

test('there are at least 60 encodings', () => {
  expect(new Set(PRIVATE).size).toBeGreaterThanOrEqual(60);
});

test.each(PRIVATE)('%s is never connected to', async (host) => {
  const guarded = createGuardedFetch({ isAllowed: isPublicAddress });
  // Whether this name means anything differs between systems.
  const reason = host === 'localhost.' ? /address_refused|name_unknown/ : /address_refused/;
  const failure = { reason: expect.stringMatching(reason) };
  await expect(guarded.send(`http://${host}:${port}/`, PATIENCE)).rejects.toMatchObject(failure);
  await expect(guarded.send(`https://${host}:${port}/`, PATIENCE)).rejects.toMatchObject(failure);
  expect(hits).toEqual([]);
});

test.each([
  'http://good.example@127.0.0.1/',
  'http://127.0.0.1:80@good.example/',
  'http://user:secret@good.example/',
  'http://[fe80::1%25eth0]/',
  'http://127.0.0.1.5.6.7.8/',
  'http://0x7f.0x0.0x0.0x1.0x1/',
  'http://256.1.1.1/',
  'ftp://good.example/',
  'file:///etc/passwd',
  'gopher://127.0.0.1:6379/_INFO',
  'data:text/plain,hello',
  'unix:///var/run/docker.sock',
  '//good.example/',
  'http://',
  '',
])('"%s" is no address that is asked', async (url) => {
  const guarded = createGuardedFetch({
    isAllowed: () => true,
    resolve: () => {
      throw new Error('nothing is looked up');
    },
  });
  await expect(guarded.send(url, PATIENCE)).rejects.toMatchObject({ reason: 'url_refused' });
});

/** Looks every name up as the next of these answers. */
function answering(...answers: string[][]): Resolve {
  return (_host, _options, done) => {
    const next = answers.shift() ?? [];
    done(
      null,
      next.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
}

test.each([
  ['127.0.0.1'],
  ['169.254.169.254'],
  ['8.8.8.8', '127.0.0.1'],
  ['127.0.0.1', '8.8.8.8'],
  ['2606:4700::1111', '::1'],
  ['::ffff:127.0.0.1'],
  ['64:ff9b::7f00:1'],
])('a public name with the address %s leads nowhere', async (...addresses) => {
  const resolve = answering(addresses);
  const guarded = createGuardedFetch({ isAllowed: isPublicAddress, resolve });
  const failure = guarded.send(`http://hooks.example:${port}/`, PATIENCE);
  await expect(failure).rejects.toMatchObject({ reason: 'address_refused' });
  // Where the name leads is told to nobody.
  await expect(failure).rejects.not.toThrow(/127|169|::1/);
  expect(hits).toEqual([]);
});

test('a name that is allowed first, and leads elsewhere at the next connection, gains nothing', async () => {
  const guarded = createGuardedFetch({
    isAllowed: (address) => address === '127.0.0.2',
    resolve: answering(['127.0.0.2'], ['127.0.0.1'], ['127.0.0.2', '127.0.0.1']),
  });
  const ask = (path: string) =>
    guarded.send(`http://rebind.example:${port}${path}`, {
      ...PATIENCE,
      headers: { connection: 'close' },
    });
  expect((await ask('/first')).status).toBe(200);
  await expect(ask('/second')).rejects.toMatchObject({ reason: 'address_refused' });
  await expect(ask('/both')).rejects.toMatchObject({ reason: 'address_refused' });
  expect(hits).toEqual(['GET /first']);
});

const local = () => createGuardedFetch({ isAllowed: privateTargets.parse('127.0.0.0/8,::1/128') });
const at = (path: string) => `http://127.0.0.1:${port}${path}`;

test('a redirect is an answer, and not followed', async () => {
  const answer = await local().send(at('/redirect'), PATIENCE);
  expect([answer.status, answer.headers['location']]).toEqual([302, '/secret']);
  expect(hits).toEqual(['GET /redirect']);
});

test('method, headers and body go there and come back; localhost is either family', async () => {
  const answer = await local().send(`http://localhost:${port}/echo`, {
    ...PATIENCE,
    method: 'POST',
    body: 'some bytes',
  });
  expect([answer.status, answer.body.toString(), answer.isCut]).toEqual([200, 'some bytes', false]);
});

test('what does not answer, or not to its end, is given up in time', async () => {
  const short = { ...PATIENCE, timeoutMs: 150 };
  for (const path of ['/silent', '/drip'])
    await expect(local().send(at(path), short)).rejects.toMatchObject({ reason: 'timeout' });
});

test('of a large answer only the beginning is read', async () => {
  const answer = await local().send(at('/large'), PATIENCE);
  expect([answer.body.length, answer.isCut]).toEqual([10_000, true]);
});

test('what went wrong is told in words', async () => {
  const tcp = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.resume().end('SSH-2.0-OpenSSH\r\n');
  });
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  const other = (tcp.address() as AddressInfo).port;
  const reasonOf = (url: string) =>
    local()
      .send(url, PATIENCE)
      .then(
        () => 'answered',
        (error: { reason: string }) => error.reason,
      );
  expect(await reasonOf(`http://127.0.0.1:${other}/`)).toBe('not_http');
  expect(await reasonOf(at('/cut'))).toBe('connection_lost');
  expect(await reasonOf(`https://127.0.0.1:${port}/`)).toBe('tls');
  tcp.close();
  expect(await reasonOf(`http://127.0.0.1:${other}/`)).toBe('connection_refused');
});

test('proxies of the environment are not asked', () => {
  const script = `
    import { createGuardedFetch, privateTargets } from ${JSON.stringify(`${import.meta.dirname}/index.ts`)};
    const guarded = createGuardedFetch({ isAllowed: privateTargets.parse('none') });
    await guarded.send('http://127.0.0.1:9/', { timeoutMs: 2000, maxBytes: 1 })
      .catch((error) => console.log(error.reason));
  `;
  const proxy = `http://127.0.0.1:${port}`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { NODE_ENV: 'test', NODE_USE_ENV_PROXY: '1', HTTP_PROXY: proxy, http_proxy: proxy },
    encoding: 'utf8',
  });
  expect([stdout.trim(), stderr]).toEqual(['address_refused', '']);
});

test.each([
  ['none', '127.0.0.1', false],
  ['all', '127.0.0.1', true],
  ['all', 'localhost', false],
  ['10.1.0.0/16', '10.1.255.1', true],
  ['10.1.0.0/16', '10.2.0.1', false],
  ['10.1.0.0/16', '8.8.8.8', true],
  ['10.1.0.0/16, fd00:1::/32', 'fd00:1::5', true],
  ['10.1.0.0/16, fd00:1::/32', 'fd00:2::5', false],
  ['fe80::/10', 'fe80::1%eth0', false],
])('with %s allowed, %s is: %s', (networks, address, expected) => {
  expect(privateTargets.parse(networks)(address)).toBe(expected);
});

test.each([
  'yes',
  'true',
  '10.0.0.1',
  '10.0.0.0/33',
  '10.0.0.0/8,',
  '10.0.0/8',
  '::1/129',
  '10.0.0.0/8/8',
])('"%s" names no networks', (networks) => {
  expect(privateTargets.safeParse(networks).success).toBe(false);
});
