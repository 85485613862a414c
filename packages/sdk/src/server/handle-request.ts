import { brokenRule, tooManyFiles, typeOf } from '../shared/rules.ts';
import type {
  FileInfo,
  FileMetadata,
  JsonObject,
  JsonValue,
  RequestedFile,
  WireError,
} from '../shared/types.ts';
import { UploadRejected } from './errors.ts';
import type { HandlerContext, HandlerMessage } from './handler.ts';
import type { FileOptions } from './route.ts';
import { signToken } from './token.ts';
import { asPublicError, asRejection, isAboutTheFile, refuse } from './wire-failure.ts';

type RequestMessage = Extract<HandlerMessage, { action: 'request' }>;

/** An answer before it is a Response. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const AT_ONCE = 8;

/** Parse, rules, authorize, then Slipway: nothing is created for a file that was refused. */
export async function handleRequest(
  context: HandlerContext,
  message: RequestMessage,
): Promise<Answer> {
  const { route } = message;
  const parsed = await route.definition.parseInput(message.input);
  if (parsed.problem !== undefined)
    throw refuse(400, 'input_invalid', `The input is not valid: ${parsed.problem}`);
  const typed = message.files.map((file) => ({ ...file, type: typeOf(file) }));
  const problems = typed.map((file, index): WireError | null => {
    const { maxFiles } = route.rules;
    return maxFiles !== null && index >= maxFiles
      ? tooManyFiles(maxFiles)
      : brokenRule(file, route.rules);
  });
  const allowed = typed.filter((_, index) => problems[index] === null);
  const metadata =
    allowed.length > 0
      ? await authorize(context, message, { input: parsed.value, files: allowed })
      : {};
  const create = createFile(context, message, { input: parsed.value, metadata });
  const files = await mapSome(typed, async (file, index): Promise<RequestedFile> => {
    const problem = problems[index];
    return problem ? { ok: false, error: problem } : create(file);
  });
  return { status: 200, body: { files } };
}

async function authorize(
  { request, report }: HandlerContext,
  { route }: RequestMessage,
  proposal: { readonly input: unknown; readonly files: readonly FileInfo[] },
): Promise<JsonObject> {
  try {
    // Through JSON at once, so that what is authorized is what the token will hold.
    return JSON.parse(
      JSON.stringify(await route.definition.authorize({ request, ...proposal })),
    ) as JsonObject;
  } catch (error) {
    if (error instanceof UploadRejected) throw asRejection(error);
    report(error, 'authorize');
    throw refuse(500, 'authorize_failed', 'Whether you may upload could not be decided.', true);
  }
}

function createFile(
  context: HandlerContext,
  message: RequestMessage,
  { input, metadata }: { readonly input: unknown; readonly metadata: JsonObject },
): (file: FileInfo) => Promise<RequestedFile> {
  const { request, slipway } = context;
  return async (file) => {
    try {
      const options = await message.route.definition.fileOptions({
        request,
        input,
        metadata,
        file,
      });
      const upload = await slipway.uploads.create(merge(file, options, metadata), {
        signal: request.signal,
      });
      const token = await signToken(await context.key(), {
        id: upload.id,
        route: message.name,
        name: file.name,
        metadata,
        input: message.input,
        expires: Date.now() + context.tokenTtl,
      });
      return { ok: true, upload, token };
    } catch (error) {
      if (!(error instanceof UploadRejected || isAboutTheFile(error)))
        context.report(error, 'create');
      const {
        code,
        message: text,
        retryable,
      } = error instanceof UploadRejected ? asRejection(error) : asPublicError(error);
      const { requestId } = context;
      return { ok: false, error: { code, message: text, retryable, requestId } };
    }
  };
}

function merge(file: FileInfo, options: FileOptions, metadata: JsonObject) {
  return {
    ...file,
    name: options.name ?? file.name,
    customId: options.customId,
    metadata: options.metadata ?? flatPart(metadata),
  };
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
