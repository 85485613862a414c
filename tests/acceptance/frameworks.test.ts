import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { uploadFiles } from 'slipway/client';
import * as forExpress from 'slipway/express';
import * as forFastify from 'slipway/fastify';
import * as forHono from 'slipway/hono';
import { route, UploadRejected } from 'slipway/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signUpWithProject, slipwayUrl } from './slipway-account.ts';

let apiKey: string;
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  ({ key: apiKey } = await signUpWithProject());
});
afterAll(async () => {
  for (const close of closers) await close();
});

const options = () => ({
  url: slipwayUrl(),
  apiKey,
  allowedOrigins: ['https://app.example.com'],
  routes: {
    notes: route({ types: ['text/plain', '.bin'], maxFiles: 5 })
      .authorize(({ request }) => {
        const user = request.headers.get('x-user');
        if (user === null) throw new UploadRejected('Sign in first.', { status: 401 });
        return { user };
      })
      .onComplete(({ file, metadata, request }) => ({
        text: `${metadata.user}: ${file.name}`,
        path: new URL(request.url).pathname,
      })),
  },
});

const addressOf = (server: Server) =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/slipway`;

async function listening(server: Server): Promise<string> {
  closers.push(() => server.close());
  if (!server.listening) await once(server, 'listening');
  return addressOf(server);
}

/** Each framework as its users write it. */
const FRAMEWORKS: Record<string, () => Promise<string>> = {
  hono: async () => {
    const app = new Hono();
    app.all('/api/slipway', forHono.createRouteHandler(options()));
    // Its own adapter for Node is one of several; this is what all of them do.
    const server = createServer(async (incoming, outgoing) => {
      const pieces: Buffer[] = [];
      for await (const piece of incoming) pieces.push(piece);
      const { method = 'GET', headers } = incoming;
      const answer = await app.fetch(
        new Request(`http://${headers.host}${incoming.url}`, {
          method,
          headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
          ...(method === 'POST' && { body: Buffer.concat(pieces) }),
        }),
      );
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
      outgoing.end(await answer.text());
    });
    return listening(server.listen(0, '127.0.0.1'));
  },
  express: async () => {
    const app = express();
    app.all('/api/slipway', forExpress.createRouteHandler(options()));
    return listening(app.listen(0, '127.0.0.1'));
  },
  'express behind a body parser, mounted below': async () => {
    const app = express();
    app.use(express.json());
    const router = express.Router();
    router.all('/slipway', forExpress.createRouteHandler(options()));
    app.use('/api', router);
    return listening(app.listen(0, '127.0.0.1'));
  },
  'node:http': async () => {
    const server = createServer(forExpress.createRouteHandler(options()));
    return listening(server.listen(0, '127.0.0.1'));
  },
  fastify: async () => {
    const app = fastify();
    app.all('/api/slipway', forFastify.createRouteHandler(options()));
    await app.listen({ port: 0, host: '127.0.0.1' });
    closers.push(() => app.close());
    return addressOf(app.server);
  },
};

describe.each(Object.entries(FRAMEWORKS))('%s', (_name, start) => {
  let endpoint: string;
  beforeAll(async () => {
    endpoint = await start();
  });

  test('uploads to Slipway, small and in parts, and answers with what onComplete returned', async () => {
    const files = [
      new File(['Hello.'], 'hello.txt', { type: 'text/plain' }),
      new File([randomBytes(9 * 1024 ** 2)], 'large.bin'),
    ];
    const items = await uploadFiles(files, {
      endpoint,
      route: 'notes',
      headers: { 'x-user': 'anna' },
    });
    expect(items.map(({ state, serverData }) => [state, serverData])).toEqual([
      ['done', { text: 'anna: hello.txt', path: '/api/slipway' }],
      ['done', { text: 'anna: large.bin', path: '/api/slipway' }],
    ]);
    expect(items[0]?.result).toMatchObject({ status: 'ready', metadata: { user: 'anna' } });
  });

  test('refuses in words, and answers pages of allowed origins alone', async () => {
    const [item] = await uploadFiles([new File(['x'], 'x.txt', { type: 'text/plain' })], {
      endpoint,
      route: 'notes',
    });
    expect(item?.error).toMatchObject({ status: 401, message: 'Sign in first.' });
    const ask = (origin: string, method = 'GET') =>
      fetch(endpoint, { method, headers: { origin } });
    const allowed = await ask('https://app.example.com', 'OPTIONS');
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([
      204,
      'https://app.example.com',
    ]);
    const foreign = await ask('https://evil.example.com');
    expect([foreign.status, (await foreign.json()).error.code]).toEqual([403, 'forbidden_origin']);
    const own = await ask(new URL(endpoint).origin);
    expect(await own.json()).toMatchObject({ routes: { notes: { maxFiles: 5 } } });
  });

  test('a body that is too large, or no JSON, is refused', async () => {
    const send = (body: string) =>
      fetch(endpoint, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect((await send('{"action":')).status).toBe(400);
    expect((await send(JSON.stringify({ action: 'x'.repeat(2 ** 20 + 10) }))).status).toBe(413);
    expect((await send('{"action":"complete","route":"notes","token":"made up"}')).status).toBe(
      403,
    );
  });
});
