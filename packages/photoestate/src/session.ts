import type { Context } from './context.ts';
import type { PhotoestateRuntime } from './runtime.ts';

/** The context of whoever sent a request: its session's user, or nobody. */
export async function requestContext(
  runtime: PhotoestateRuntime,
  request: { headers: Headers; requestId: string; ip: string | null },
): Promise<Context> {
  const { headers, requestId, ip } = request;
  const session = await runtime.auth.getSession(headers);
  if (session === null) return runtime.context({ actor: { type: 'anonymous' }, requestId, ip });
  const { userId, email, sessionId } = session;
  return runtime.context({ actor: { type: 'user', userId, email, sessionId }, requestId, ip });
}
