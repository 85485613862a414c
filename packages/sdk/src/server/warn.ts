import { type SlipwayOptions, variable } from './connection.ts';
import { SlipwayError } from './errors.ts';

const DOCS = '/docs/start/install';

const NAME = 'SlipwayUploadWarning';

type Warns = { emitWarning: (text: string, name: string) => void };

/** Node, Bun and Deno have warnings; edge runtimes have a console alone. */
function processOfServer(): Warns | undefined {
  const { process } = globalThis as { process?: Partial<Warns> };
  return process?.emitWarning ? (process as Warns) : undefined;
}

/** Nobody asked for it, and it must not vanish. */
function emit(text: string): void {
  const server = processOfServer();
  if (server) server.emitWarning(text, NAME);
  // biome-ignore lint/suspicious/noConsole: there is nothing else where there are no warnings
  else console.warn(`${NAME}: ${text}`);
}

/** In one line where the error says what to do; with its stack where it is somebody's mistake in code. */
export function warn(error: unknown, at: { during: string; route: string | null }): void {
  emit(`Upload route ${at.route ?? '?'}, ${at.during}: ${wordsOf(error)}`);
}

/** What Slipway or the set-up says needs no stack. */
function wordsOf(error: unknown): string {
  if (error instanceof SlipwayError)
    return `${error.code}: ${error.message}${error.docs ? ` (${error.docs})` : ''}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * Says once, in one line, that address or key are missing: when the handler is made, or at its first request
 * where variables may come later, which is what the returned function is for.
 */
export function createSetupCheck(options: SlipwayOptions & { slipway?: unknown }): () => void {
  let isDone = options.slipway !== undefined;
  const check = () => {
    if (isDone) return;
    isDone = true;
    const url = (options.url ?? variable('SLIPWAY_URL'))?.trim();
    const apiKey = (options.apiKey ?? variable('SLIPWAY_API_KEY'))?.trim();
    const missing = [...(url ? [] : ['SLIPWAY_URL']), ...(apiKey ? [] : ['SLIPWAY_API_KEY'])];
    if (missing.length === 0) return;
    const docs = url ? `${url.replace(/\/+$/, '')}${DOCS}` : `${DOCS} of your Slipway`;
    emit(
      `Uploads fail until ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} set: see ${docs}`,
    );
  };
  if (!mayComeLater()) check();
  return check;
}

/** On the edge variables may come with the request; builds of Next.js load routes without them. */
function mayComeLater(): boolean {
  return processOfServer() === undefined || variable('NEXT_PHASE') === 'phase-production-build';
}
