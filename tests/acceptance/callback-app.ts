/** A customer's server in a process of its own. What it needs to know of Slipway is in its environment. */
import { createUploadHandler, route } from 'slipway/server';
import { mayHang, note, serveApp } from './app-process.ts';

const { DEADLINE = '20000', CALLBACKS } = process.env;

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
        await mayHang();
        note(`done ${eventId} for ${metadata.user}`);
        return { by: metadata.user };
      }),
  },
});

await serveApp(handle);
