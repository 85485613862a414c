import { typeOf } from '../shared/media-type.ts';
import { brokenRule, tooManyFiles } from '../shared/rules.ts';
import type {
  FileInfo,
  FileMetadata,
  JsonObject,
  JsonValue,
  RequestedFile,
  UploadTarget,
  WireError,
} from '../shared/types.ts';
import type { UploadCallback } from './client.ts';
import { UploadRejected } from './errors.ts';
import type { HandlerContext, HandlerMessage } from './handler.ts';
import type { FileOptions } from './route.ts';
import { stricter } from './route-rules.ts';
import { signToken, verifyToken } from './token.ts';
import { asPublicError, asRejection, isAboutTheFile, refuse, WireFailure } from './wire-failure.ts';

type RequestMessage = Extract<HandlerMessage, { action: 'request' }>;

/** An answer before it is a Response. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const AT_ONCE = 8;
const TOKEN_TTL = 86_400_000;
/** An upload in parts may take days, and its callback some more. */
const CALLBACK_TTL = 30 * TOKEN_TTL;
/** No storage takes smaller parts than these. */
const ONE_PART = 8 * 1024 * 1024;

/** Parse, rules, authorize, then Slipway: nothing is created for a file that was refused. */
export async function handleRequest(
  context: HandlerContext,
  message: RequestMessage,
): Promise<Answer> {
  const { route } = message;
  const typed = message.files.map(
    (file): FileInfo => ({
      name: file.name,
      size: file.size,
      type: typeOf(file),
      sha256: file.sha256,
    }),
  );
  const parsed = await route.definition.parseInput(message.input);
  if (parsed.problem !== undefined) {
    const refusal = refuse(400, 'input_invalid', `The input is not valid: ${parsed.problem}`);
    context.refused(message.name, typed, refusal);
    throw refusal;
  }
  const problems = typed.map((file, index): WireError | null => {
    const { maxFiles } = route.rules;
    return maxFiles !== null && index >= maxFiles
      ? tooManyFiles(maxFiles)
      : brokenRule(file, route.rules);
  });
  typed.forEach((file, index) => {
    const problem = problems[index];
    if (problem) context.refused(message.name, [file], problem);
  });
  const allowed = typed.filter((_, index) => problems[index] === null);
  const metadata =
    allowed.length > 0
      ? await authorize(context, message, { input: parsed.value, files: allowed })
      : {};
  const create = createFile(context, message, { input: parsed.value, metadata });
  const files = await mapSome(typed, async (file, index): Promise<RequestedFile> => {
    const problem = problems[index];
    return problem ? { ok: false, error: problem } : create(file, message.files[index]?.resume);
  });
  return { status: 200, body: { files } };
}

async function authorize(
  { request, report, refused }: HandlerContext,
  { route, name }: RequestMessage,
  proposal: { readonly input: unknown; readonly files: readonly FileInfo[] },
): Promise<JsonObject> {
  try {
    // Through JSON at once, so that what is authorized is what the token will hold.
    return JSON.parse(
      JSON.stringify(await route.definition.authorize({ request, ...proposal })),
    ) as JsonObject;
  } catch (error) {
    const refusal =
      error instanceof UploadRejected
        ? asRejection(error)
        : refuse(500, 'authorize_failed', 'Whether you may upload could not be decided.', true);
    if (!(error instanceof UploadRejected)) report(error, 'authorize');
    refused(name, proposal.files, refusal);
    throw refusal;
  }
}

function createFile(
  context: HandlerContext,
  message: RequestMessage,
  { input, metadata }: { readonly input: unknown; readonly metadata: JsonObject },
): (file: FileInfo, resume: string | undefined) => Promise<RequestedFile> {
  const { request, slipway } = context;
  return async (file, resume) => {
    try {
      const known = resume && (await findUpload(context, message, { resume, file, metadata }));
      if (known) return { ok: true, upload: known, token: resume };
      const options = await message.route.definition.fileOptions({
        request,
        input,
        metadata,
        file,
      });
      const callback = await callbackFor(context, message, { file, metadata });
      const { limits, keeping, checkMetadata } = message.route.definition;
      const kept = await checkMetadata(options.metadata ?? flatPart(metadata));
      if ('problem' in kept)
        throw refuse(422, 'metadata_invalid', `The metadata are not valid: ${kept.problem}`);
      const wish = {
        ...asAnnounced(file, options),
        ...stricter(keeping, options),
        metadata: kept.value,
        rules: limits,
        route: message.name,
        callback,
      };
      const upload = await slipway.uploads.create(wish, { signal: request.signal });
      const token = await signToken(await context.key(), {
        id: upload.id,
        route: message.name,
        name: file.name,
        metadata,
        input: message.input,
        expires: expiryOf(upload, context.tokenTtl),
        resumable: { upload, file },
      });
      return { ok: true, upload, token };
    } catch (error) {
      const refusal =
        error instanceof WireFailure
          ? error
          : error instanceof UploadRejected
            ? asRejection(error)
            : null;
      // What Slipway refused has its line already.
      if (refusal) context.refused(message.name, [file], refusal);
      else if (!isAboutTheFile(error)) context.report(error, 'create');
      const { code, message: text, retryable } = refusal ?? asPublicError(error);
      const { requestId } = context;
      return { ok: false, error: { code, message: text, retryable, requestId } };
    }
  };
}

/** All that the callback needs: it comes without the browser. */
async function callbackFor(
  { callbackUrl, callbackSecret, key }: HandlerContext,
  message: RequestMessage,
  { file, metadata }: { readonly file: FileInfo; readonly metadata: JsonObject },
): Promise<UploadCallback | undefined> {
  if (!callbackUrl) return undefined;
  const bytes = await callbackSecret();
  const data = await signToken(await key(), {
    id: 'callback',
    route: message.name,
    name: file.name,
    metadata,
    input: message.input,
    expires: Date.now() + CALLBACK_TTL,
  });
  return { url: callbackUrl, secret: `whsec_${btoa(String.fromCharCode(...bytes))}`, data };
}

/** An interrupted upload of the same file, if whoever asks now is given the same answer as then. */
async function findUpload(
  context: HandlerContext,
  message: RequestMessage,
  now: { readonly resume: string; readonly file: FileInfo; readonly metadata: JsonObject },
): Promise<UploadTarget | undefined> {
  const claims = await verifyToken(await context.key(), now.resume);
  if (typeof claims === 'string' || !claims.resumable || claims.route !== message.name) return;
  const then = [claims.resumable.file, claims.metadata, claims.input];
  const same = JSON.stringify(then) === JSON.stringify([now.file, now.metadata, message.input]);
  return same ? claims.resumable.upload : undefined;
}

function expiryOf({ multipart, expiresAt }: UploadTarget, tokenTtl: number | undefined): number {
  if (tokenTtl !== undefined) return Date.now() + tokenTtl;
  return Math.max(Date.now() + TOKEN_TTL, multipart ? Date.parse(expiresAt) : 0);
}

function asAnnounced(file: FileInfo, { name, customId, replace, uploader }: FileOptions) {
  const multipart = file.size > ONE_PART ? true : undefined;
  return { ...file, multipart, name: name ?? file.name, customId, replace, uploader };
}

function flatPart(metadata: JsonObject): FileMetadata {
  const flat = Object.entries(metadata).filter(([, value]) => isFlat(value));
  return Object.fromEntries(flat) as FileMetadata;
}

function isFlat(value: JsonValue | undefined): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** Like `Promise.all(items.map(work))`, with a few at once. */
async function mapSome<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  return results;
}
