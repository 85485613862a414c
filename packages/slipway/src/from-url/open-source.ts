import type { Readable } from 'node:stream';
import { GuardedFetchError, type GuardedRequest } from '@repo/foundation/guarded-fetch';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';

/** What answers at the end of all redirects. */
export interface Source {
  status: number;
  headers: Record<string, string>;
  body: Readable;
  /** Where it was in the end. */
  url: URL;
}

const REDIRECTS = [301, 302, 303, 307, 308];
const MOST_REDIRECTS = 3;

/**
 * Asks an address that a user named for its bytes. Each redirect is looked at like the first address: the
 * shape, and in the moment of connecting where it leads.
 *
 * @throws `source_refused` for what is never asked, `source_unavailable` for what does not answer with a file.
 */
export async function openSource(
  ctx: SlipwayContext,
  { url, headers, ...request }: GuardedRequest & { url: string },
): Promise<Source> {
  let at = url;
  for (let hops = 0; ; hops += 1) {
    const answer = await ask(ctx, at, { ...request, headers: { accept: '*/*', ...headers } });
    if (!REDIRECTS.includes(answer.status)) {
      checkAnswer(answer);
      return { ...answer, url: new URL(at) };
    }
    answer.body.destroy();
    if (hops === MOST_REDIRECTS)
      throw refused(`The address redirects more than ${MOST_REDIRECTS} times.`);
    at = next(at, answer.headers['location']);
  }
}

async function ask(ctx: SlipwayContext, url: string, request: GuardedRequest) {
  try {
    return await ctx.outgoing.open(url, {
      ...request,
      headers: { 'user-agent': 'Slipway', ...request.headers },
    });
  } catch (error) {
    if (!(error instanceof GuardedFetchError)) throw error;
    const isRefused = error.reason === 'url_refused' || error.reason === 'address_refused';
    const code = isRefused ? 'source_refused' : 'source_unavailable';
    throw slipwayError(code, `The file cannot be fetched: ${error.message}`, {
      cause: error,
      details: { reason: error.reason },
    });
  }
}

function next(from: string, location: string | undefined): string {
  const to = location === undefined ? null : URL.parse(location, from);
  if (to === null) throw refused('The address redirects to nowhere.');
  if (to.protocol === 'http:' && new URL(from).protocol === 'https:')
    throw refused('The address redirects from https to http.');
  return to.href;
}

function checkAnswer({ status, headers, body }: Omit<Source, 'url'>): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  const problem =
    status !== 200 && status !== 206
      ? `The address answered with HTTP ${status}.`
      : encoding !== 'identity'
        ? `The address answered with bytes in the encoding ${encoding}, though none was asked for.`
        : undefined;
  if (problem === undefined) return;
  body.destroy();
  throw slipwayError('source_unavailable', problem, { details: { reason: 'answer', status } });
}

const refused = (message: string) =>
  slipwayError('source_refused', message, { details: { reason: 'redirect' } });
