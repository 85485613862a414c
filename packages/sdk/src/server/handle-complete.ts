import { brokenRule } from '../shared/rules.ts';
import type { CompletedFile, JsonObject, SlipwayFile } from '../shared/types.ts';
import { isRecord } from './call.ts';
import type { Answer } from './handle-request.ts';
import type { HandlerContext, HandlerMessage } from './handler.ts';
import type { AnyRoute } from './route.ts';
import { type TokenClaims, verifyToken } from './token.ts';
import { asPublicError, isAboutTheFile, refuse } from './wire-failure.ts';

type CompleteMessage = Extract<HandlerMessage, { action: 'complete' }>;

/** Believes the token, then Slipway, then runs `onComplete`; says plainly where it stopped. */
export async function handleComplete(
  context: HandlerContext,
  message: CompleteMessage,
): Promise<Answer> {
  const claims = await verifyToken(await context.key(), message.token);
  if (claims === 'token_expired')
    throw refuse(403, claims, 'The upload took too long. Upload the file again.');
  if (claims === 'token_invalid' || claims.route !== message.name) {
    throw refuse(403, 'token_invalid', 'The upload was not requested here.');
  }
  const file = await complete(context, claims);
  if (file.status === 'pending' || file.status === 'verifying') {
    return { status: 202, body: { file, serverData: null } satisfies CompletedFile };
  }
  if (file.status !== 'ready') {
    const why =
      file.scan === 'infected' ? 'The scanner found a virus in' : `The storage did not accept`;
    throw refuse(422, `file_${file.status}`, `${why} “${file.name}” (${file.status}).`);
  }
  // Slipway looks at the bytes, so the type may be another than the one declared.
  const problem = brokenRule({ ...file, name: claims.name }, message.route.rules);
  if (problem) {
    context.refused(message.name, [{ ...file, name: claims.name, sha256: undefined }], problem);
    throw refuse(422, problem.code, problem.message);
  }
  const told = await awaitCallback(context, file);
  if (told) return { status: 200, body: told };
  const serverData = await runCallback(context, message.route, { claims, file });
  return { status: 200, body: { file, serverData } satisfies CompletedFile };
}

/** What Slipway was answered by this server, which it told; undefined where it cannot tell it. */
async function awaitCallback(
  context: HandlerContext,
  file: SlipwayFile,
): Promise<CompletedFile | undefined> {
  if (!context.callbackUrl) return undefined;
  const { request, callbackDeadline, slipway } = context;
  const { state, result } = await slipway.uploads
    .callback({ id: file.id, waitSeconds: callbackDeadline / 1000 }, { signal: request.signal })
    .catch((error: unknown) => {
      context.report(error, 'complete');
      throw asPublicError(error);
    });
  if (state === 'done') return { file, serverData: result };
  if (state === 'failed') throw callbackFailed(file, false);
  return state === 'none' || state === 'unreachable'
    ? undefined
    : { file, serverData: null, server: 'pending' };
}

async function complete(context: HandlerContext, { id }: TokenClaims): Promise<SlipwayFile> {
  try {
    return await context.slipway.uploads.complete({ id }, { signal: context.request.signal });
  } catch (error) {
    if (!isAboutTheFile(error)) context.report(error, 'complete');
    throw asPublicError(error);
  }
}

/** Runs the route's `onComplete`. */
export async function runCallback(
  context: HandlerContext,
  route: AnyRoute,
  { claims, file }: { readonly claims: TokenClaims; readonly file: SlipwayFile },
): Promise<unknown> {
  try {
    const parsed = await route.definition.parseInput(claims.input);
    if (parsed.problem !== undefined)
      throw new TypeError(`The input is no longer valid: ${parsed.problem}`);
    const metadata: JsonObject = isRecord(claims.metadata) ? (claims.metadata as JsonObject) : {};
    return (
      (await route.definition.complete({
        request: context.request,
        input: parsed.value,
        metadata,
        eventId: `callback_${file.id}`,
        file,
      })) ?? null
    );
  } catch (error) {
    context.report(error, 'onComplete');
    throw callbackFailed(file, true);
  }
}

function callbackFailed({ name }: SlipwayFile, retryable: boolean) {
  const message = `“${name}” is stored, but what follows the upload failed.`;
  return refuse(500, 'callback_failed', message, retryable);
}
