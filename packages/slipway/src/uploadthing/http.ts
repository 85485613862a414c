import { createRouter, type HttpApp, type KernelEnv } from '@repo/foundation/http';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { stream } from 'hono/streaming';
import type { SlipwayContext } from '../context.ts';
import { redirectToFilesHost } from '../delivery/files-host.ts';
import { sendFile } from '../delivery/http.ts';
import { slipwayError } from '../errors.ts';
import { API_PATH, FILES_PATH, INGEST_PATH } from './addresses.ts';
import { admitCaller } from './admit-caller.ts';
import { type CallbackResult, takeCallbackResult } from './callback-result.ts';
import { deleteUploadthingFiles } from './delete-files.ts';
import { devStream } from './dev-stream.ts';
import { appOfKey, authorizeFile } from './file-access.ts';
import { listUploadthingFiles } from './list-files.ts';
import { pollUpload } from './poll-upload.ts';
import { prepareRouteUploads, prepareUpload, prepareUploads } from './prepare-upload.ts';
import {
  getUploadthingApp,
  getUploadthingUrls,
  getUploadthingUsage,
  requestUploadthingAccess,
} from './read-files.ts';
import { receiveUpload, uploadOffset } from './receive.ts';
import { type RegisterRoute, registerRoute } from './register-route.ts';
import type { RawAddress } from './signed-url.ts';
import { renameUploadthingFiles, updateUploadthingAcl } from './update-files.ts';
import { type UploadGrant, verifyUploadUrl } from './upload-grant.ts';
import type { UploadthingCaller } from './verify-key.ts';

type MakeContext = (c: Context<KernelEnv>) => SlipwayContext;

const START_HEADER = 'x-ut-range-start';
const MAX_BODY_BYTES = 1024 * 1024;
const BODY_MS = 60_000;

/** The addresses that unmodified UploadThing SDKs speak to, when their environment names this server. */
export function mountUploadthing(app: HttpApp, makeContext: MakeContext): void {
  app.route(INGEST_PATH, ingestRouter(makeContext));
  app.route(API_PATH, apiRouter(makeContext));
  mountFiles(app, makeContext);
}

const callerOf = (c: Context<KernelEnv>, makeContext: MakeContext) =>
  admitCaller(c, makeContext(c));

/** Apps' servers, and browsers of any origin: the signature of the URL decides. */
function ingestRouter(makeContext: MakeContext): HttpApp {
  const router = createRouter();
  router.use(
    '*',
    cors({
      origin: '*',
      allowMethods: ['PUT', 'POST', 'HEAD'],
      allowHeaders: ['range', 'content-type', 'x-uploadthing-version', 'b3', 'traceparent'],
      exposeHeaders: [START_HEADER, 'x-request-id', 'retry-after'],
      maxAge: 86_400,
    }),
  );
  const limit = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseLongBody });
  router.post('/route-metadata', limit, async (c) => {
    const caller = await callerOf(c, makeContext);
    const { isDev, fileKeys } = await registerRoute(caller, await readJson<RegisterRoute>(c));
    if (!isDev) return c.json({ ok: true });
    return streamToDeveloper(c, caller, fileKeys);
  });
  router.post('/callback-result', limit, async (c) => {
    const caller = await callerOf(c, makeContext);
    await takeCallbackResult(caller, await readJson<CallbackResult>(c));
    return c.json({ ok: true });
  });
  router.on(['HEAD', 'GET', 'PUT', 'POST'], '/:key', async (c) => {
    const { method } = c.req;
    // Hono hands HEAD to handlers of GET.
    if (method === 'GET')
      throw slipwayError('method_not_allowed', 'Expected PUT, POST or HEAD, received GET.');
    // Clients of version 6 post their form.
    const isSending = method !== 'HEAD';
    try {
      const grant = await grantOf(c, makeContext);
      if (isSending) return await receive(c, grant);
      c.header(START_HEADER, String(await uploadOffset(grant)));
      c.header('cache-control', 'no-store');
      return c.body(null, 200);
    } catch (error) {
      // A refused body may still be on its way; otherwise the connection would have to swallow it.
      if (isSending) c.header('connection', 'close');
      throw error;
    }
  });
  return router;
}

async function receive(c: Context<KernelEnv>, grant: UploadGrant): Promise<Response> {
  const answer = await receiveUpload(grant, {
    body: c.env.incoming,
    contentType: c.req.header('content-type'),
    range: c.req.header('range'),
  });
  c.header('cache-control', 'no-store');
  return c.json(answer);
}

function grantOf(c: Context<KernelEnv>, makeContext: MakeContext): Promise<UploadGrant> {
  return verifyUploadUrl(makeContext(c), {
    fileKey: c.req.param('key') ?? '',
    address: addressOf(c),
    appId: c.req.query('x-ut-identifier'),
  });
}

function addressOf(c: Context<KernelEnv>): RawAddress {
  const { incoming } = c.env;
  return { target: incoming.url ?? '/', host: incoming.headers.host };
}

function streamToDeveloper(
  c: Context<KernelEnv>,
  { ctx, project }: UploadthingCaller,
  fileKeys: readonly string[],
): Response {
  c.header('content-type', 'application/x-ndjson');
  c.header('cache-control', 'no-store');
  c.header('x-accel-buffering', 'no');
  return stream(c, async (answer) => {
    const gone = new AbortController();
    answer.onAbort(() => gone.abort());
    const lines = devStream(ctx, { projectId: project.id, fileKeys, signal: gone.signal });
    for await (const line of lines) await answer.write(line);
  });
}

/** Here bodies may take as long as they need, but these are none of files. */
async function readJson<T>(c: Context<KernelEnv>): Promise<T> {
  const { incoming } = c.env;
  const timer = setTimeout(() => incoming.destroy(), BODY_MS);
  try {
    return await c.req.json<T>();
  } catch (cause) {
    throw slipwayError('bad_request', 'The request could not be read: expected JSON.', { cause });
  } finally {
    clearTimeout(timer);
  }
}

function refuseLongBody(c: Context): never {
  c.header('connection', 'close');
  throw slipwayError('payload_too_large', `Expected a body of at most ${MAX_BODY_BYTES} bytes.`);
}

/** What apps' servers ask of UploadThing's API. */
function apiRouter(makeContext: MakeContext): HttpApp {
  const router = createRouter();
  const verbs: Record<string, (caller: UploadthingCaller, input: unknown) => Promise<object>> = {
    '/v6/listFiles': listUploadthingFiles,
    '/v6/deleteFiles': deleteUploadthingFiles,
    '/v6/renameFiles': renameUploadthingFiles,
    '/v6/updateACL': updateUploadthingAcl,
    '/v6/getFileUrl': getUploadthingUrls,
    '/v6/requestFileAccess': requestUploadthingAccess,
    '/v6/getUsageInfo': getUploadthingUsage,
    '/v6/uploadFiles': prepareUploads,
    '/v6/prepareUpload': prepareRouteUploads,
    '/v7/prepareUpload': prepareUpload,
    '/v7/getAppInfo': getUploadthingApp,
  };
  for (const [path, verb] of Object.entries(verbs)) {
    router.post(path, async (c) => {
      const caller = await callerOf(c, makeContext);
      const text = await c.req.text();
      return c.json(await verb(caller, text === '' ? {} : parse(text)));
    });
  }
  router.get('/v6/pollUpload/:key', async (c) => {
    c.header('cache-control', 'no-store');
    return c.json(await pollUpload(await callerOf(c, makeContext), c.req.param('key')));
  });
  return router;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw slipwayError('bad_request', 'The request could not be read: expected JSON.', { cause });
  }
}

function mountFiles(app: HttpApp, makeContext: MakeContext): void {
  const serve = async (c: Context<KernelEnv>, file: { appId?: string; key: string }) => {
    const ctx = makeContext(c);
    const elsewhere = redirectToFilesHost(c.req.raw, ctx.config);
    if (elsewhere !== null) return elsewhere;
    const { key, appId = await appOfKey(ctx, key) } = file;
    return sendFile(c, ctx, await authorizeFile(ctx, { appId, key, address: addressOf(c) }));
  };
  const router = createRouter();
  router.get(`${FILES_PATH}/:app/:key{.+}`, (c) => {
    const { app: appId, key } = c.req.param();
    return serve(c, { appId, key });
  });
  router.get('/f/:key', (c) => serve(c, { key: c.req.param('key') }));
  app.route('/', router);
}
