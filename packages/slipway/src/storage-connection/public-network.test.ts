import type { LookupAddress } from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createS3Client } from '../storage/s3/client.ts';
import { createPublicNetwork } from './public-network.ts';

let server: Server;
let port: number;
let hits: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`);
    if (request.url === '/redirect') response.writeHead(302, { location: '/secret' });
    else response.setHeader('x-answer', 'yes');
    request.pipe(response);
  });
  // Both families, as `localhost` may be either.
  await new Promise<void>((resolve) => server.listen(0, '::', resolve));
  ({ port } = server.address() as AddressInfo);
});

beforeEach(() => {
  hits = [];
});

afterAll(() => server.close());

const HOSTS = [
  '127.0.0.1',
  '127.1',
  '0x7f.1',
  '2130706433',
  '0177.0.0.1',
  '0.0.0.0',
  'localhost',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[64:ff9b::7f00:1]',
];

test.each(HOSTS)('%s is never connected to', async (host) => {
  const network = createPublicNetwork();
  const url = `http://${host}:${port}/`;
  await expect(network.fetch(url)).rejects.toThrow(/not an address of the public internet/);
  const client = createS3Client({
    bucket: 'b',
    endpoint: url,
    region: 'us-east-1',
    accessKeyId: 'a',
    secretAccessKey: 's',
    forcePathStyle: true,
    network,
  });
  await expect(client.send(new HeadBucketCommand({ Bucket: 'b' }))).rejects.toThrow(
    /not an address of the public internet/,
  );
  expect(hits).toEqual([]);
});

test('a name that is allowed when it is looked at first, and leads elsewhere afterwards, gains nothing', async () => {
  const [allowed, forbidden]: LookupAddress[] = [
    { address: '127.0.0.2', family: 4 },
    { address: '127.0.0.1', family: 4 },
  ];
  if (allowed === undefined || forbidden === undefined) throw new Error('two addresses');
  const answers = [[allowed], [forbidden], [allowed, forbidden]];
  const network = createPublicNetwork({
    isAllowed: (address) => address === allowed.address,
    resolve: (_host, _options, done) => done(null, answers.shift() ?? []),
  });
  const ask = (path: string) =>
    // Its own connection each time: one that is kept open goes where it went.
    network.fetch(`http://rebind.example:${port}${path}`, { headers: { connection: 'close' } });
  expect((await ask('/first')).status).toBe(200);
  await expect(ask('/second')).rejects.toThrow(/not an address of the public internet/);
  await expect(ask('/both')).rejects.toThrow(/not an address of the public internet/);
  expect(hits).toEqual(['GET /first']);
});

test('a redirect is an answer, and not followed', async () => {
  const network = createPublicNetwork({ isAllowed: () => true });
  const answer = await network.fetch(`http://127.0.0.1:${port}/redirect`);
  expect(answer.status).toBe(302);
  expect(hits).toEqual(['GET /redirect']);
});

test('what may be reached is: method, headers and body go there, and come back', async () => {
  const network = createPublicNetwork({ isAllowed: () => true });
  const answer = await network.fetch(`http://localhost:${port}/echo`, {
    method: 'PUT',
    headers: { origin: 'https://app.example' },
    body: Buffer.from('some bytes'),
  });
  expect(answer.headers.get('x-answer')).toBe('yes');
  expect(await answer.text()).toBe('some bytes');
  expect(hits).toEqual(['PUT /echo']);
});
