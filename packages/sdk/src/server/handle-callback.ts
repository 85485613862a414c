import { brokenRule } from '../shared/rules.ts';
import { isRecord } from './call.ts';
import { runCallback } from './handle-complete.ts';
import type { Answer } from './handle-request.ts';
import type { HandlerContext } from './handler.ts';
import type { AnyRoute } from './route.ts';
import { verifyMessage } from './signature.ts';
import { verifyToken } from './token.ts';
import { asPublicError, isAboutTheFile, refuse } from './wire-failure.ts';

/**
 * Slipway says that a file is ready: believed when it is signed, now, and taken for the first time.
 * What `onComplete` returns is the answer; anything else is asked for again.
 */
export async function handleCallback(
  context: HandlerContext,
  routes: ReadonlyMap<string, AnyRoute>,
  body: string,
): Promise<Answer> {
  const { headers } = context.request;
  if (!(await verifyMessage(await context.callbackSecret(), { headers, body })))
    throw refuse(403, 'callback_refused', 'This message is not signed by Slipway, or is too old.');
  const message: unknown = JSON.parse(body);
  const { fileId, attempt, data } = isRecord(message) ? message : {};
  const claims = await verifyToken(await context.key(), String(data));
  if (typeof claims === 'string')
    throw refuse(403, claims, 'The upload was not requested here, or too long ago.');
  const route = routes.get(claims.route);
  if (!route) throw refuse(404, 'route_not_found', `There is no upload route “${claims.route}”.`);
  const file = await context.slipway.uploads
    .claimCallback({ id: String(fileId), attempt: Number(attempt) })
    .catch((error: unknown) => {
      if (!isAboutTheFile(error)) context.report(error, 'callback');
      throw asPublicError(error);
    });
  const problem = brokenRule({ ...file, name: claims.name }, route.rules);
  if (problem) throw refuse(422, problem.code, problem.message);
  const serverData = await runCallback(context, route, { claims, file });
  return { status: 200, body: { serverData } };
}
