import { createSlipway, type Slipway } from 'slipway/server';
import { CliError, EXIT, usageError } from './failure.ts';
import type { Output } from './output.ts';
import { DEFAULT_PROFILE, type Profile, readProfile } from './profiles.ts';

/** What every command takes. */
export interface GlobalOptions {
  readonly json?: boolean;
  readonly profile?: string;
  readonly url?: string;
}

/** What commands work with. */
export interface Cli {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly stdin: NodeJS.ReadStream;
  readonly out: Output;
  /** Aborts when somebody presses Ctrl-C. */
  readonly signal: AbortSignal;
  readonly options: GlobalOptions;
}

export interface Connected extends Profile {
  readonly slipway: Slipway;
}

export const profileName = ({ env, options }: Cli) =>
  options.profile ?? env['SLIPWAY_PROFILE'] ?? DEFAULT_PROFILE;

/** The Slipway that is meant, by options, then the environment, then the profile. */
export async function connect(cli: Cli): Promise<Connected> {
  const { url, apiKey } = await findConnection(cli);
  return { url, apiKey, slipway: createSlipway({ url, apiKey }) };
}

async function findConnection(cli: Cli): Promise<Profile> {
  const url = givenUrl(cli);
  const apiKey = cli.options.profile === undefined ? cli.env['SLIPWAY_API_KEY'] : undefined;
  if (apiKey && url) return { url, apiKey };
  const name = profileName(cli);
  const profile = await readProfile(cli.env, name);
  if (profile === null)
    throw new CliError(
      'not_logged_in',
      apiKey
        ? 'Expected SLIPWAY_URL beside SLIPWAY_API_KEY: the address of your Slipway.'
        : `Expected a key: there is no profile "${name}". Run "slipway login", or set SLIPWAY_URL and SLIPWAY_API_KEY.`,
      EXIT.auth,
    );
  // A stored key goes to no other address than the one that it was stored for.
  if (url !== undefined && url !== profile.url)
    throw usageError(
      `Expected SLIPWAY_API_KEY beside the address ${url}: the key of profile "${name}" belongs to ${profile.url}.`,
    );
  return { url: profile.url, apiKey: apiKey || profile.apiKey };
}

/** The address that the call itself or the environment names. */
export function givenUrl({ env, options }: Cli): string | undefined {
  const text = options.url ?? (options.profile === undefined ? env['SLIPWAY_URL'] : undefined);
  return text ? checkedUrl(text) : undefined;
}

export function checkedUrl(text: string): string {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    throw usageError(
      `Expected an address such as https://uploads.example.com, received "${text}".`,
    );
  return text.replace(/\/+$/, '').replace(/\/api$/, '');
}
