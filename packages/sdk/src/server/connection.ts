import { SlipwayError } from './errors.ts';

/** How to reach Slipway. */
export interface SlipwayOptions {
  /** A secret key of the project, `sk_live_…`. Default: the variable `SLIPWAY_API_KEY`. */
  readonly apiKey?: string | undefined;
  /** The address of your Slipway. Default: the variable `SLIPWAY_URL`. */
  readonly url?: string | undefined;
  /** A replacement for the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Milliseconds for one attempt of an API call. Default 30 000. */
  readonly timeout?: number | undefined;
  /** How often a call that met a passing failure is repeated. Default 3. */
  readonly retries?: number | undefined;
}

/** Checked options. */
export interface Connection {
  readonly apiKey: string;
  readonly url: string;
  readonly fetch: typeof globalThis.fetch;
  readonly timeout: number;
  readonly retries: number;
}

/** Checks the options, filling gaps from the environment. Throws `invalid_configuration`. */
export function readConnection(options: SlipwayOptions): Connection {
  return {
    apiKey: readApiKey(options),
    url: readUrl(options),
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    timeout: options.timeout ?? 30_000,
    retries: options.retries ?? 3,
  };
}

/** The API key, checked so that no later error can quote it. */
export function readApiKey(options: SlipwayOptions): string {
  const key = (options.apiKey ?? variable('SLIPWAY_API_KEY'))?.trim();
  if (!key) throw misconfigured('No API key. Set SLIPWAY_API_KEY, or pass { apiKey }.');
  if (!/^[\x21-\x7e]+$/.test(key))
    throw misconfigured('The API key holds characters that no key has. Copy it again.');
  return key;
}

function readUrl(options: SlipwayOptions): string {
  const text = (options.url ?? variable('SLIPWAY_URL'))?.trim();
  if (!text)
    throw misconfigured('No address. Set SLIPWAY_URL to that of your Slipway, or pass { url }.');
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    throw misconfigured('Expected the Slipway address to look like https://uploads.example.com.');
  }
  return text.replace(/\/+$/, '').replace(/\/api$/, '');
}

function misconfigured(message: string): SlipwayError {
  return new SlipwayError({ code: 'invalid_configuration', message });
}

/** Reads an environment variable where there is an environment at all. */
export function variable(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
  return process?.env?.[name] || undefined;
}
