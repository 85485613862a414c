import { CliError, EXIT, usageError } from '../failure.ts';

/** What UploadThing knows its customer by. */
export interface Credentials {
  readonly secret: string;
  /** Null of a plain secret, as versions before 7 had it. */
  readonly appId: string | null;
}

/** Keys of Slipway's own drop-in begin so; UploadThing has nothing to do with them. */
const OWN_PREFIX = 'sk_live_ut_';

/** From the environment alone: arguments can be read by everybody on the machine. */
export function readCredentials(env: NodeJS.ProcessEnv, isElsewhere: boolean): Credentials {
  const token = env['UPLOADTHING_TOKEN']?.trim();
  const secret = env['UPLOADTHING_SECRET']?.trim();
  if (!token && !secret)
    throw new CliError(
      'no_source_key',
      'Expected UPLOADTHING_TOKEN or UPLOADTHING_SECRET in the environment: the key of the app at UploadThing.',
      EXIT.auth,
    );
  const found = token ? parseToken(token) : { secret: secret ?? '', appId: null };
  if (!/^[\x21-\x7e]+$/.test(found.secret))
    throw usageError('Expected a secret such as sk_live_… in UPLOADTHING_SECRET.');
  if (found.secret.startsWith(OWN_PREFIX) && !isElsewhere)
    throw usageError(
      'Expected the token of UploadThing, received one of Slipway’s drop-in. Set UPLOADTHING_TOKEN to the one that your app had before.',
    );
  return found;
}

function parseToken(token: string): Credentials {
  try {
    const { apiKey, appId } = JSON.parse(Buffer.from(token, 'base64').toString()) as {
      apiKey?: unknown;
      appId?: unknown;
    };
    if (typeof apiKey === 'string' && typeof appId === 'string') return { secret: apiKey, appId };
  } catch {
    // Told below, without a word of what was received.
  }
  throw usageError(
    'Expected UPLOADTHING_TOKEN to be the base64 text that UploadThing’s dashboard shows. A key sk_live_… goes into UPLOADTHING_SECRET.',
  );
}
