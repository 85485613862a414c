import { SlipwayError } from 'slipway/server';
import type { Context } from '../context.ts';
import { appError } from '../errors.ts';

/** Links live this long; a person who loses access keeps an old one no longer. */
const LIFETIME_S = 900;
/** A link is given out only while at least this much of its life is left. */
const MARGIN_MS = 400_000;
const MAX_LINKS = 5_000;

interface Link {
  url: string;
  expires: number;
}

const links = new Map<string, Link>();

/** A signed Slipway URL, kept per process so that a page of pictures costs no request each. */
export async function linkTo(
  ctx: Context,
  file: { id: string; download?: string | undefined; transform?: string | undefined },
): Promise<string> {
  const { download, transform } = file;
  const key = [file.id, download ?? '', transform ?? ''].join('\n');
  const now = ctx.now().getTime();
  const kept = links.get(key);
  if (kept !== undefined && kept.expires - MARGIN_MS > now) return kept.url;
  const fresh = await ask(ctx, file.id, { download, transform });
  links.delete(key);
  links.set(key, fresh);
  const [oldest] = links.keys();
  if (links.size > MAX_LINKS && oldest !== undefined) links.delete(oldest);
  return fresh.url;
}

interface Shown {
  download: string | undefined;
  transform: string | undefined;
}

async function ask(ctx: Context, id: string, shown: Shown): Promise<Link> {
  try {
    const { url, expiresAt } = await ctx.slipway.files.url(id, { expiresIn: LIFETIME_S, ...shown });
    return { url, expires: Date.parse(expiresAt) };
  } catch (error) {
    if (error instanceof SlipwayError && (error.status === 404 || error.status === 410)) {
      throw appError('not_found', 'This picture is not in storage any more.', { cause: error });
    }
    const message = 'The photo storage does not answer right now; try again.';
    throw appError('storage_unavailable', message, { cause: error, retryAfter: 5 });
  }
}
