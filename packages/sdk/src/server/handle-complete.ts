import { brokenRule } from '../shared/rules.ts';
import type { CompletedFile, JsonObject, SlipwayFile } from '../shared/types.ts';
import { isRecord } from './call.ts';
import type { Answer } from './handle-request.ts';
import type { HandlerContext, HandlerMessage } from './handler.ts';
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
  if (problem) throw refuse(422, problem.code, problem.message);
  return {
    status: 200,
    body: { file, serverData: await runCallback(context, message, { claims, file }) },
  };
}

async function complete(context: HandlerContext, { id }: TokenClaims): Promise<SlipwayFile> {
  try {
    return await context.slipway.uploads.complete({ id }, { signal: context.request.signal });
  } catch (error) {
    if (!isAboutTheFile(error)) context.report(error, 'complete');
    throw asPublicError(error);
  }
}

async function runCallback(
  context: HandlerContext,
  { route }: CompleteMessage,
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
        file,
      })) ?? null
    );
  } catch (error) {
    context.report(error, 'onComplete');
    throw refuse(
      500,
      'callback_failed',
      `“${file.name}” is stored, but what follows the upload failed.`,
      true,
    );
  }
}
