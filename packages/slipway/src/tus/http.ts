import { AppError } from '@repo/foundation/errors';
import type { HttpApp } from '@repo/foundation/http';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { heldPlan } from '../plan/held-plan.ts';
import { planOf } from '../plan/plan-of.ts';
import { admitKey, countCall } from '../rate-limit/index.ts';
import { appendBytes, appendToUpload } from './append.ts';
import { TUS_PATH } from './capability.ts';
import { createFinalUpload } from './concatenate.ts';
import { type CreatedUpload, createTusUpload } from './create.ts';
import { getTusUpload } from './get.ts';
import { readBody, readOptionalBody } from './http-body.ts';
import {
  putAbilities,
  putCommonHeaders,
  putUploadHeaders,
  TUS_VERSION,
  type TusContext,
} from './http-headers.ts';
import { terminateUpload } from './terminate.ts';
import { parseUploadConcat } from './upload-concat.ts';
import { parseByteCount, parseLength } from './upload-length.ts';
import { UPLOAD_TOKEN_PREFIX, type VerifiedToken, verifyUploadToken } from './upload-token.ts';

type MakeContext = (c: TusContext) => SlipwayContext;
type Answer = (c: TusContext, makeContext: MakeContext) => Promise<Response>;

/** tus 1.0.0 with all its extensions. Any origin may send: keys, tokens and signed addresses decide. */
export function mountTus(app: HttpApp, makeContext: MakeContext): void {
  const mount = (path: string, answer: Answer) =>
    app.all(path, async (c) => {
      putCommonHeaders(c);
      if (c.req.method === 'OPTIONS') {
        putAbilities(c);
        return c.body(null, 204);
      }
      try {
        requireVersion(c);
        return await answer(c, makeContext);
      } catch (error) {
        // A refused body may still be on its way; otherwise the connection would have to swallow it.
        c.header('connection', 'close');
        throw inTusWords(error);
      }
    });
  // Clients are often given the address with a slash.
  mount(TUS_PATH, answerCreation);
  mount(`${TUS_PATH}/`, answerCreation);
  mount(`${TUS_PATH}/:id`, answerUpload);
}

function requireVersion(c: TusContext): void {
  if (c.req.header('tus-resumable') === TUS_VERSION) return;
  c.header('tus-version', TUS_VERSION);
  throw slipwayError(
    'tus_version_unsupported',
    `Expected the header "Tus-Resumable: ${TUS_VERSION}".`,
  );
}

/** tus has a status of its own for what is too large. */
function inTusWords(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'file_too_large') return error;
  const { code, message, details = {}, cause } = error;
  return new AppError({ code, status: 413, message }, { details, cause });
}

/** Some networks let only GET and POST through. */
function methodOf(c: TusContext): string {
  const override = c.req.method === 'POST' ? c.req.header('x-http-method-override') : undefined;
  return (override ?? c.req.method).toUpperCase();
}

function notAllowed(c: TusContext, expected: string) {
  c.header('allow', expected);
  return slipwayError('method_not_allowed', `Expected ${expected}, received ${methodOf(c)}.`);
}

interface Creator {
  ctx: SlipwayContext;
  projectId: string;
  token: VerifiedToken | undefined;
}

/** A server brings its project's key, a browser a token that such a server asked for. */
async function creatorOf(c: TusContext, makeContext: MakeContext): Promise<Creator> {
  const ctx = makeContext(c);
  const authorization = c.req.header('authorization');
  const [scheme, secret = ''] = authorization?.split(' ') ?? [];
  const isToken = scheme?.toLowerCase() === 'bearer' && secret.startsWith(UPLOAD_TOKEN_PREFIX);
  const token = isToken ? await verifyUploadToken(ctx, secret) : undefined;
  if (token !== undefined) {
    const { actor, project } = token;
    const plan = await planOf(ctx, project.organizationId);
    await countCall(c, ctx, { actor, project, plan });
    return { ctx: { ...ctx, actor, project, plan }, projectId: project.id, token };
  }
  const { actor, project, plan } = await admitKey(c, ctx, authorization);
  const own = { ...ctx, actor, project, plan: plan ?? heldPlan(ctx.config.defaultPlan) };
  return { ctx: own, projectId: project.id, token };
}

async function answerCreation(c: TusContext, makeContext: MakeContext): Promise<Response> {
  if (methodOf(c) !== 'POST') throw notAllowed(c, 'POST');
  const creator = await creatorOf(c, makeContext);
  const bytes = readOptionalBody(c);
  const { url, ...upload } = await create(c, creator);
  // Also with an error from here on: the upload is there, and the client can go on with it.
  c.header('location', url);
  putUploadHeaders(c, upload);
  if (bytes !== undefined && upload.row.status === 'pending') {
    const call = { fileId: upload.row.id, offset: 0, length: undefined, ...bytes };
    const { ctx } = creator;
    putUploadHeaders(c, await appendBytes(ctx, call));
  }
  return c.body(null, 201);
}

async function create(c: TusContext, { ctx, projectId, token }: Creator): Promise<CreatedUpload> {
  const metadata = c.req.header('upload-metadata');
  const header = c.req.header('upload-concat') ?? '';
  const concat = parseUploadConcat(c.req.header('upload-concat'));
  const lengths = {
    uploadLength: c.req.header('upload-length'),
    uploadDeferLength: c.req.header('upload-defer-length'),
  };
  if (concat.kind === 'final') {
    if (lengths.uploadLength !== undefined || lengths.uploadDeferLength !== undefined)
      throw slipwayError('bad_request', 'Expected no length of a final upload: it is the sum.');
    const addresses = concat.parts;
    return createFinalUpload(ctx, { projectId, metadata, token, header, addresses });
  }
  const length = parseLength(lengths);
  const partial = concat.kind === 'partial';
  return createTusUpload(ctx, { projectId, length, metadata, partial, token });
}

async function answerUpload(c: TusContext, makeContext: MakeContext): Promise<Response> {
  const ctx = makeContext(c);
  const fileId = c.req.param('id') ?? '';
  const capability = { fileId, query: new URL(c.req.url).searchParams };
  switch (methodOf(c)) {
    case 'HEAD': {
      const upload = await getTusUpload(ctx, capability);
      putUploadHeaders(c, upload);
      if (upload.tus.metadata !== null) c.header('upload-metadata', upload.tus.metadata);
      return c.body(null, 200);
    }
    case 'PATCH': {
      const bytes = { ...readBody(c), ...readPlace(c) };
      putUploadHeaders(c, await appendToUpload(ctx, { capability, ...bytes }));
      return c.body(null, 204);
    }
    case 'DELETE':
      await terminateUpload(ctx, capability);
      return c.body(null, 204);
    default:
      throw notAllowed(c, 'HEAD, PATCH, DELETE');
  }
}

/** Where the bytes of a request go. */
function readPlace(c: TusContext): { offset: number; length: number | undefined } {
  const offset = parseByteCount('Upload-Offset', c.req.header('upload-offset'));
  const length = parseByteCount('Upload-Length', c.req.header('upload-length'));
  if (offset === undefined)
    throw slipwayError('bad_request', 'Expected the header Upload-Offset; it is missing.');
  return { offset, length };
}
