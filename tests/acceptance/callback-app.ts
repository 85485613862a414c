/** A customer's server in a process of its own. What it needs to know of Slipway is in its environment. */
import { appendFileSync, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { createUploadHandler, route } from 'slipway/server';

/** Where it writes down what it does, and the file that makes it hang in its handler. */
const { EFFECTS = '', HANG = '', PORT = '0', DEADLINE = '20000', CALLBACKS } = process.env;
const note = (line: string) => appendFileSync(EFFECTS, `${line}\n`);

const handle = createUploadHandler({
  // Nobody but this machine talks to it, so its host is what it says.
  callbackUrl: (request) =>
    CALLBACKS === 'off' ? undefined : `${new URL(request.url).origin}/api/slipway`,
  callbackDeadline: Number(DEADLINE),
  onError: (error, { during }) => note(`${during}: ${String(error)}`),
  routes: {
    photo: route({ maxSize: '16MB' })
      .authorize(({ request }) => ({ user: request.headers.get('x-user') ?? 'nobody' }))
      .fileOptions(({ metadata }) => ({ uploader: metadata.user }))
      .onComplete(async ({ metadata, eventId }) => {
        note(`started ${eventId}`);
        if (existsSync(HANG)) await new Promise(() => undefined);
        note(`done ${eventId} for ${metadata.user}`);
        return { by: metadata.user };
      }),
  },
});

const server = createServer(async (incoming, outgoing) => {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  const { method = 'GET', headers, url = '/' } = incoming;
  const response = await handle(
    new Request(`http://${headers.host}${url}`, {
      method,
      headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
      ...(method === 'POST' && { body: Buffer.concat(pieces) }),
    }),
  );
  outgoing
    .writeHead(response.status, Object.fromEntries(response.headers))
    .end(await response.text());
});
server.listen(Number(PORT), '127.0.0.1', () => process.send?.(server.address()));
