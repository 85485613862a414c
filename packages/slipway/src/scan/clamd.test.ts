import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { createClamd } from './clamd.ts';
import { parseClamdAddress } from './clamd-address.ts';
import { parseScanAnswer } from './clamd-answer.ts';
import { createSlots } from './slots.ts';

const MiB = 1024 * 1024;

const servers: Server[] = [];
const sockets = new Set<Socket>();

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

/** Something at clamd's address that is no clamd. */
async function impostor(behave: (socket: Socket) => void, options = {}) {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    behave(socket);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const timeouts = { connectMs: 1_000, idleMs: 200, totalMs: 1_000 };
  return createClamd({ address: { host: '127.0.0.1', port }, timeouts, ...options });
}

/** Reads the whole stream as clamd would, then says this. */
const saying =
  (answer: string, wait: () => Promise<void> = async () => undefined) =>
  (socket: Socket) => {
    let tail = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      tail = Buffer.concat([tail, chunk]).subarray(-4);
      if (tail.equals(Buffer.alloc(4))) void wait().then(() => socket.end(answer));
    });
  };

const few = async () => Readable.from([Buffer.from('hello')]);
/** Far more than the system's buffers hold. */
const many = (onPull: (bytes: number) => void = () => undefined) => {
  function* pieces() {
    for (let n = 1; n <= 50 * 16; n += 1) {
      onPull(n * (MiB / 16));
      yield Buffer.alloc(MiB / 16, 1);
    }
  }
  return async () => Readable.from(pieces());
};

test('an exact answer is believed', async () => {
  const clean = await impostor(saying('stream: OK\0'));
  expect(await clean.scan(few)).toMatchObject({ verdict: 'clean', bytes: 5 });
  const infected = await impostor(saying('stream: Win.Test.EICAR_HDB-1 FOUND\0'));
  expect(await infected.scan(few)).toMatchObject({ signature: 'Win.Test.EICAR_HDB-1' });
});

test.each([
  ['something else', 'HTTP/1.1 200 OK\r\n\r\n\0'],
  ['the answer of another command', 'PONG\0'],
  ['an answer and more', 'stream: OK\0stream: OK\0'],
  ['an answer behind another', 'stream: X FOUND\0stream: OK\0'],
  ['two lines', 'stream: X FOUND\nstream: OK\0'],
  ['OK about something else', 'fd[10]: OK\0'],
  ['OK in small letters', 'stream: ok\0'],
  ['OK with a space', 'stream: OK \0'],
  ['OK with a line end', 'stream: OK\n\0'],
  ['a virus without a name', 'stream:  FOUND\0'],
  ['an error', 'stream: Can’t allocate memory ERROR\0'],
  ['a command it does not know', 'UNKNOWN COMMAND\0'],
  ['bytes', '\x7fELF\x02\x01\x01\0\0\0'],
  ['far too much', 'x'.repeat(100_000)],
])('%s is an error, never clean', async (_, answer) => {
  const clamd = await impostor(saying(answer));
  await expect(clamd.scan(few)).rejects.toMatchObject({ fault: 'unexpected_answer' });
});

test.each([
  ['nothing', ''],
  ['half of an answer', 'stream: OK'],
])('%s, then the end of the connection, is an error', async (_, answer) => {
  const clamd = await impostor(saying(answer));
  await expect(clamd.scan(few)).rejects.toMatchObject({ fault: 'closed_early' });
});

test('a verdict before it had all bytes is none, in the middle of sending or between pieces', async () => {
  const hasty = await impostor((socket) => socket.once('data', () => socket.write('stream: OK\0')));
  await expect(hasty.scan(many())).rejects.toMatchObject({ fault: 'unexpected_answer' });
  const slow = async () =>
    Readable.from(
      (async function* () {
        yield Buffer.from('hello');
        await sleep(50);
        yield Buffer.from('world');
      })(),
    );
  await expect(hasty.scan(slow)).rejects.toMatchObject({ fault: 'unexpected_answer' });
});

test('the size limit in the middle of sending is named', async () => {
  const clamd = await impostor((socket) => {
    socket.once('data', () => socket.write('INSTREAM size limit exceeded. ERROR\0')).resume();
  });
  await expect(clamd.scan(many())).rejects.toMatchObject({ fault: 'too_large' });
});

test('hanging up in the middle of sending is an error, politely or not', async () => {
  const polite = await impostor((socket) => socket.once('data', () => socket.end()).resume());
  await expect(polite.scan(many())).rejects.toMatchObject({ fault: 'closed_early' });
  const rude = await impostor((socket) => socket.once('data', () => socket.resetAndDestroy()));
  await expect(rude.scan(many())).rejects.toMatchObject({ fault: 'closed_early' });
});

const STOOD_STILL = {
  fault: 'timed_out',
  message: 'Nothing moved between us and clamd for 200 ms.',
};

test('who reads nothing is given up, and no more than the system’s buffers was read for it', async () => {
  const clamd = await impostor((socket) => socket.pause());
  let pulled = 0;
  const scan = clamd.scan(
    many((bytes) => {
      pulled = bytes;
    }),
  );
  await expect(scan).rejects.toMatchObject(STOOD_STILL);
  expect(pulled).toBeLessThan(20 * MiB);
});

test('who thinks for too long is given up', async () => {
  const clamd = await impostor((socket) => socket.resume());
  await expect(clamd.scan(few)).rejects.toMatchObject(STOOD_STILL);
  await expect(clamd.ping()).rejects.toMatchObject(STOOD_STILL);
});

test('who keeps moving and comes to no end is given up, too', async () => {
  const clamd = await impostor((socket) => {
    const timer = setInterval(() => socket.write('.'), 50);
    socket.once('close', () => clearInterval(timer)).resume();
  });
  await expect(clamd.scan(few)).rejects.toMatchObject({
    fault: 'timed_out',
    message: 'clamd gave no answer in 1000 ms.',
  });
});

test('bytes that do not come are given up, and closed when they do', async () => {
  const clamd = await impostor(saying('stream: OK\0'));
  const { promise, resolve } = Promise.withResolvers<Readable>();
  await expect(clamd.scan(() => promise)).rejects.toMatchObject(STOOD_STILL);
  const late = await few();
  resolve(late);
  await expect.poll(() => late.destroyed).toBe(true);
  const stalled = new Readable({ read: () => undefined });
  await expect(clamd.scan(async () => stalled)).rejects.toMatchObject(STOOD_STILL);
  expect(stalled.destroyed).toBe(true);
});

test('what goes wrong with the bytes is not the scanner’s fault, and no verdict', async () => {
  const clamd = await impostor(saying('stream: OK\0'));
  const broken = new Error('the disk is gone');
  const inTheMiddle = async () =>
    Readable.from(
      (function* () {
        yield Buffer.from('hello');
        throw broken;
      })(),
    );
  await expect(clamd.scan(inTheMiddle)).rejects.toBe(broken);
  await expect(clamd.scan(() => Promise.reject(broken))).rejects.toBe(broken);
  const torn = new Readable({ read: () => undefined });
  setTimeout(() => torn.destroy(), 50);
  const failure = await clamd.scan(async () => torn).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
});

test('more than it shall be asked is refused while it is sent', async () => {
  const clamd = await impostor(saying('stream: OK\0'), { maxBytes: 4 });
  await expect(clamd.scan(few)).rejects.toMatchObject({ fault: 'too_large' });
});

test('nobody there is said so, and the bytes are never opened', async () => {
  let opened = false;
  const open = () => {
    opened = true;
    return few();
  };
  const timeouts = { connectMs: 300 };
  for (const address of [
    { host: '127.0.0.1', port: 1 },
    { path: '/nonexistent/clamd.sock' },
    { host: 'clamd.invalid', port: 3310 },
  ]) {
    const clamd = createClamd({ address, timeouts });
    await expect(clamd.scan(open)).rejects.toMatchObject({ fault: 'unreachable' });
    await expect(clamd.ping()).rejects.toMatchObject({ fault: 'unreachable' });
  }
  expect(opened).toBe(false);
});

test('no more scans at once than were allowed, and each gets its turn', async () => {
  let busy = 0;
  let most = 0;
  const think = async () => {
    busy += 1;
    most = Math.max(most, busy);
    await sleep(10);
    busy -= 1;
  };
  const clamd = await impostor(saying('stream: OK\0', think), { atOnce: 3 });
  const results = await Promise.all(Array.from({ length: 20 }, () => clamd.scan(few)));
  expect(results.map(({ verdict }) => verdict)).toEqual(Array(20).fill('clean'));
  expect(most).toBe(3);
});

test('a slot is given on after a failure; when too many wait, the next is refused', async () => {
  const inSlot = createSlots({ atOnce: 1, waiting: 1 });
  const first = Promise.withResolvers<string>();
  const running = inSlot(() => first.promise);
  const waiting = inSlot(async () => 'second');
  await expect(inSlot(async () => 'third')).rejects.toMatchObject({ fault: 'busy' });
  first.reject(new Error('failed'));
  await expect(running).rejects.toThrow('failed');
  expect(await waiting).toBe('second');
  expect(await inSlot(async () => 'fourth')).toBe('fourth');
});

test('what clamd did not look into is no verdict', () => {
  for (const limit of ['MaxFileSize', 'MaxScanSize', 'MaxRecursion', 'MaxFiles']) {
    expect(() => parseScanAnswer(`stream: Heuristics.Limits.Exceeded.${limit} FOUND`)).toThrow(
      limit,
    );
  }
});

test('addresses', () => {
  expect(parseClamdAddress('tcp://clamd:3311')).toEqual({ host: 'clamd', port: 3311 });
  expect(parseClamdAddress('tcp://10.0.0.1/')).toEqual({ host: '10.0.0.1', port: 3310 });
  expect(parseClamdAddress('tcp://[::1]:3310')).toEqual({ host: '::1', port: 3310 });
  expect(parseClamdAddress('unix:/run/clamd.sock')).toEqual({ path: '/run/clamd.sock' });
  expect(parseClamdAddress('unix:///run/clamd.sock')).toEqual({ path: '/run/clamd.sock' });
  for (const wrong of [
    '',
    'clamd:3310',
    'http://clamd:3310',
    'tcp://',
    'tcp://clamd:0',
    'tcp://clamd:99999',
    'tcp://user@clamd:3310',
    'tcp://clamd:3310/path',
    'tcp://clamd:3310?x=1',
    'unix:clamd.sock',
    'unix://run/clamd.sock',
  ]) {
    expect(parseClamdAddress(wrong), wrong).toBeUndefined();
  }
});
