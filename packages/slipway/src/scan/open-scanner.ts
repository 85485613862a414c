import { ConfigError } from '@repo/foundation/config';
import type { Metrics } from '@repo/foundation/telemetry';
import type { SlipwayEnv } from '../env.ts';
import { createClamd } from './clamd.ts';
import { parseClamdAddress } from './clamd-address.ts';
import type { Engine, Scanner } from './scanner.ts';
import { ScannerError } from './scanner-error.ts';

/** After a silence the next ones are not made to wait for it, too. */
const REST_MS = 5_000;

/** The scanner of the configuration, with the metric that says whether it answers; null for none. */
export function openScanner(
  env: Pick<SlipwayEnv, 'CLAMD_URL' | 'CLAMD_MAX_BYTES'>,
  metrics: Metrics,
): Scanner | null {
  if (env.CLAMD_URL === undefined) return null;
  const address = parseClamdAddress(env.CLAMD_URL);
  if (address === undefined) {
    throw new ConfigError('CLAMD_URL is wrong: expected tcp://host:3310 or unix:/path/clamd.sock');
  }
  const clamd = createClamd({ address, maxBytes: env.CLAMD_MAX_BYTES });
  const engine = restingAfterSilence(async () => engineOf(await clamd.version()));
  metrics.gauge('slipway_scanner_up', '1 while the virus scanner answers, else 0', () =>
    engine().then(
      () => 1,
      () => 0,
    ),
  );
  return { maxBytes: clamd.maxBytes, scan: clamd.scan, engine };
}

/** `ClamAV 1.4.6/27812/Sun Nov 22 08:33:12 2026`; without official signatures the program alone. */
function engineOf(version: string): Engine {
  return { name: version, namesDatabase: /^ClamAV [^/]+\/\d+\//.test(version) };
}

function restingAfterSilence<T>(ask: () => Promise<T>): () => Promise<T> {
  let silence: { error: ScannerError; until: number } | undefined;
  return async () => {
    if (silence !== undefined && Date.now() < silence.until) throw silence.error;
    try {
      const answer = await ask();
      silence = undefined;
      return answer;
    } catch (error) {
      if (!(error instanceof ScannerError)) throw error;
      // Who cannot say its name is not there, whatever the reason.
      const gone = new ScannerError('unreachable', error.message, error);
      silence = { error: gone, until: Date.now() + REST_MS };
      throw gone;
    }
  };
}
