import { randomBytes } from 'node:crypto';
import { createServer as createHttpServer, request } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { createFaultProxy, type FaultProxy } from './fault-proxy.ts';
import { type FaultPlan, flipSome } from './plan.ts';

const closers: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Plain TCP: keeps what it gets, and answers with what it is told. */
async function tcp(answer: Buffer, plan: FaultPlan) {
  const got: Buffer[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('data', (chunk) => got.push(chunk)).on('error', () => undefined);
    if (answer.length > 0) socket.write(answer);
  });
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
  });
  const proxy = await through(await listen(server), plan);
  return { proxy, sockets, got: () => Buffer.concat(got) };
}

async function through(target: string, plan: FaultPlan): Promise<FaultProxy> {
  const proxy = await createFaultProxy({ target, plan });
  closers.push(proxy.stop);
  return proxy;
}

function dial({ url }: FaultProxy) {
  const { port } = new URL(url);
  const socket = connect(Number(port), '127.0.0.1');
  const chunks: Buffer[] = [];
  const seen = { error: '', got: () => Buffer.concat(chunks) };
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', (error: NodeJS.ErrnoException) => {
    seen.error = error.code ?? '';
  });
  closers.push(() => socket.destroy());
  return { socket, seen, closed: new Promise((resolve) => socket.once('close', resolve)) };
}

/** Answers with the body that it got. */
function echo() {
  return listen(
    createHttpServer(async (incoming, response) => {
      const body = await buffer(incoming).catch(() => null);
      if (body === null) return;
      response.setHeader('x-was-chunked', String(incoming.headers['transfer-encoding'] ?? 'no'));
      if (incoming.url === '/chunked') response.write(body.subarray(0, body.length / 2));
      response.end(incoming.url === '/chunked' ? body.subarray(body.length / 2) : body);
    }),
  );
}

function differences(one: Buffer, other: Buffer): number[] {
  expect(one.length).toBe(other.length);
  return [...one.keys()].filter((index) => one[index] !== other[index]);
}

test('without a plan all bytes pass, both ways, and ends are ends', async () => {
  const answer = randomBytes(300_000);
  const { proxy, sockets, got } = await tcp(answer, {});
  const bytes = randomBytes(500_000);
  const { socket, seen, closed } = dial(proxy);
  socket.end(bytes);
  await expect.poll(() => got().length).toBe(bytes.length);
  await expect.poll(() => seen.got().length).toBe(answer.length);
  for (const one of sockets) one.end();
  await closed;
  expect(got().equals(bytes) && seen.got().equals(answer)).toBe(true);
  expect(proxy.connections).toEqual([{ up: bytes.length, down: answer.length, state: 'closed' }]);
});

test.each([0, 1, 65_536, 123_457])('cuts after %i bytes from the client', async (after) => {
  const { proxy, got } = await tcp(Buffer.alloc(0), {
    connection: () => ({ cut: { direction: 'up', after } }),
  });
  const { socket, seen, closed } = dial(proxy);
  const bytes = randomBytes(200_000);
  socket.write(bytes);
  await closed;
  expect(['ECONNRESET', 'EPIPE']).toContain(seen.error);
  expect(proxy.connections[0]).toEqual({ up: after, down: 0, state: 'cut' });
  // A reset may overtake bytes that the server has not read yet; none can be wrong or too many.
  expect(bytes.subarray(0, after).subarray(0, got().length).equals(got())).toBe(true);
});

test('cuts after so many bytes from the server', async () => {
  const { proxy } = await tcp(randomBytes(200_000), {
    connection: () => ({ cut: { direction: 'down', after: 777 } }),
  });
  const { closed, seen } = dial(proxy);
  await closed;
  expect(proxy.connections[0]).toEqual({ up: 0, down: 777, state: 'cut' });
  expect(seen.got().length).toBeLessThanOrEqual(777);
});

test('a blackhole swallows: nothing passes, nobody is told', async () => {
  const { proxy, sockets, got } = await tcp(Buffer.alloc(0), {
    connection: () => ({ blackhole: { direction: 'up', after: 1000 } }),
  });
  const { socket, seen } = dial(proxy);
  socket.write(randomBytes(5000));
  await expect.poll(() => got().length).toBe(1000);
  sockets[0]?.write('is anybody there?');
  await sleep(100);
  socket.destroy();
  await sleep(100);
  expect(seen).toMatchObject({ error: '' });
  expect(seen.got()).toHaveLength(0);
  expect(sockets[0]?.readableEnded).toBe(false);
  expect(proxy.connections[0]).toEqual({ up: 1000, down: 0, state: 'blackhole' });
});

test('delays and throttles, and keeps the order', async () => {
  const { proxy, got } = await tcp(Buffer.alloc(0), {
    connection: (index) => (index === 0 ? { delay: 150 } : { bytesPerSecond: 1_000_000 }),
  });
  const bytes = randomBytes(300_000);
  for (const atLeast of [140, 290]) {
    const before = got().length;
    const began = performance.now();
    const { socket } = dial(proxy);
    socket.write(bytes.subarray(0, 100_000));
    socket.end(bytes.subarray(100_000));
    await expect.poll(() => got().length, { interval: 5 }).toBe(before + bytes.length);
    expect(performance.now() - began).toBeGreaterThan(atLeast);
    expect(got().subarray(before).equals(bytes)).toBe(true);
  }
});

test.each(['length', 'chunked'])('flips one bit of a body (%s), up or down', async (framing) => {
  const flips = [
    { direction: 'up', byte: 0, bit: 7 },
    { direction: 'up', byte: 99_999, bit: 0 },
    { direction: 'down', byte: 70_001, bit: 3 },
  ] as const;
  const proxy = await through(await echo(), {
    transfer: ({ index }) => (flips[index] ? { flip: flips[index] } : undefined),
  });
  const bytes = randomBytes(100_000);
  for (const flip of [...flips, null]) {
    const response = await fetch(`${proxy.url}/${framing}`, {
      method: 'PUT',
      body: framing === 'length' ? bytes : new Blob([bytes]).stream(),
      ...(framing === 'length' ? {} : { duplex: 'half' }),
    });
    expect(response.headers.get('x-was-chunked')).toBe(framing === 'length' ? 'no' : 'chunked');
    const body = Buffer.from(await response.arrayBuffer());
    expect(differences(body, bytes)).toEqual(flip ? [flip.byte] : []);
    expect((body[flip?.byte ?? 0] ?? 0) ^ (bytes[flip?.byte ?? 0] ?? 0)).toBe(
      flip ? 1 << flip.bit : 0,
    );
    expect(proxy.exchanges.at(-1)).toMatchObject({ status: 200, up: 100_000, flipped: flip });
    expect(proxy.exchanges.at(-1)?.down).toBe(100_000);
  }
  // Heads, sizes and the connections themselves stayed whole.
  expect(new Set(proxy.connections.map(({ state }) => state))).toEqual(new Set(['open']));
});

test('cuts a transfer at a byte of its body, and the next one on a new connection passes', async () => {
  const proxy = await through(await echo(), {
    transfer: ({ index }) =>
      index === 1 ? { cut: { direction: 'up', after: 50_000 } } : undefined,
  });
  const put = () => fetch(proxy.url, { method: 'PUT', body: randomBytes(100_000) });
  await (await put()).arrayBuffer();
  await expect(put()).rejects.toThrow();
  expect((await put()).status).toBe(200);
  expect(proxy.exchanges.map(({ cut, status }) => [cut?.after ?? 0, status])).toEqual([
    [0, 200],
    [50_000, null],
    [0, 200],
  ]);
  expect(proxy.connections.filter(({ state }) => state === 'cut')).toHaveLength(1);
});

test('knows messages without a body, with an interim answer, and those that end with the connection', async () => {
  const server = createHttpServer((incoming, response) => {
    if (incoming.url === '/304') response.writeHead(304).end();
    else if (incoming.method === 'HEAD') response.writeHead(200, { 'content-length': 5000 }).end();
    else if (incoming.url === '/close') {
      response.useChunkedEncodingByDefault = false;
      response.writeHead(200, { connection: 'close' }).end('to the end');
    } else incoming.pipe(response);
  });
  const proxy = await through(await listen(server), { transfer: () => undefined });
  await (await fetch(proxy.url, { method: 'HEAD' })).arrayBuffer();
  await (await fetch(`${proxy.url}/304`)).arrayBuffer();
  const asked = request(proxy.url, { method: 'PUT', headers: { expect: '100-continue' } });
  await new Promise<void>((resolve) => {
    asked.on('continue', () => asked.end('after 100'));
    asked.on('response', (response) => {
      response.resume().on('end', resolve);
    });
  });
  expect(await (await fetch(`${proxy.url}/close`)).text()).toBe('to the end');
  expect(proxy.exchanges.map(({ status, up, down }) => [status, up, down])).toEqual([
    [200, 0, 0],
    [304, 0, 0],
    [200, 9, 9],
    [200, 0, 10],
  ]);
});

test('the same seed breaks the same things', async () => {
  const target = await echo();
  const flippedWith = async (seed: number) => {
    const plan = flipSome(createRandom(seed), 1 / 3, ({ method }) => method === 'PUT');
    const proxy = await through(target, plan);
    for (let count = 0; count < 30; count++) {
      await (await fetch(proxy.url, { method: 'PUT', body: Buffer.alloc(1000) })).arrayBuffer();
    }
    return proxy.exchanges.map(({ flipped }) => flipped);
  };
  const flips = await flippedWith(7);
  expect(await flippedWith(7)).toEqual(flips);
  expect(await flippedWith(8)).not.toEqual(flips);
  const count = flips.filter((flip) => flip !== null).length;
  expect(count).toBeGreaterThan(3);
  expect(count).toBeLessThan(20);
});

test('a server that is not there is a connection that breaks, and nothing was sent to it', async () => {
  const proxy = await through('http://127.0.0.1:1', { transfer: () => undefined });
  await expect(fetch(proxy.url, { method: 'PUT', body: randomBytes(100_000) })).rejects.toThrow();
  expect(proxy.connections).toEqual([{ up: 0, down: 0, state: 'closed' }]);
  expect(proxy.exchanges).toEqual([]);
});
