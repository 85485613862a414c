import { z } from 'zod';

/** Thrown when variables are wrong; `message` lists every problem, one a line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads a product's configuration from `source` (the mains pass `process.env`).
 * Empty strings count as unset, as in a `.env` file with nothing behind the sign.
 */
export function loadEnv<S extends z.ZodObject>(
  schema: S,
  source: Record<string, string | undefined>,
): z.infer<S> {
  const known = Object.fromEntries(
    Object.keys(schema.shape).map((name) => [name, source[name] === '' ? undefined : source[name]]),
  );
  const result = schema.safeParse(known);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const name = issue.path.map(String).join('.');
    const shown = known[name] === undefined ? 'is not set' : 'is wrong';
    return `${name} ${shown}: ${issue.message}`;
  });
  throw new ConfigError(lines.join('\n'));
}

/** A TCP port in an environment variable. */
export const port = z.coerce
  .number({ error: 'expected a port number between 1 and 65535' })
  .int('expected a whole number')
  .min(1, 'expected a port number between 1 and 65535')
  .max(65_535, 'expected a port number between 1 and 65535');

/** A process's roles: everything in one, or one part of it. */
export const role = z.enum(['all', 'web', 'api', 'worker'], {
  error: 'expected one of all, web, api, worker',
});
export type Role = z.infer<typeof role>;

/** The base address without a slash at its end. */
export const baseUrl = z
  .url({ protocol: /^https?$/, error: 'expected an address such as https://uploads.example.com' })
  .transform((url) => url.replace(/\/+$/, ''));

const SECRET_HINT = 'expected at least 32 characters, for example from: openssl rand -hex 32';
export const secret = z.string({ error: SECRET_HINT }).min(32, SECRET_HINT);

/** How many proxies of ours stand in front: their entries end X-Forwarded-For. */
const trustedProxies = z.coerce
  .number({ error: 'expected how many proxies stand in front' })
  .int('expected a whole number')
  .min(0, 'expected 0 or more')
  .max(10, 'expected at most 10')
  .default(0);

const logLevel = z.enum(['debug', 'info', 'warn', 'error', 'silent'], {
  error: 'expected one of debug, info, warn, error, silent',
});

const optionalText = () => z.string().optional();

/** Variables that mean the same in every product; spread at the end of its schema. */
export const sharedEnv = {
  GOOGLE_CLIENT_ID: optionalText().describe('Sign-in with Google, when both are set'),
  GOOGLE_CLIENT_SECRET: optionalText(),
  GITHUB_CLIENT_ID: optionalText().describe('Sign-in with GitHub, when both are set'),
  GITHUB_CLIENT_SECRET: optionalText(),
  TRUSTED_PROXIES: trustedProxies.describe(
    'Proxies in front that write X-Forwarded-For; 0 when clients connect directly',
  ),
  LOG_LEVEL: logLevel.default('info').describe('debug, info, warn, error or silent'),
};
