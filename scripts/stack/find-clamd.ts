import { existsSync } from 'node:fs';
import { installWithApt } from './install-with-apt.ts';
import { Refusal } from './refusal.ts';

const KNOWN = [
  '/usr/sbin/clamd',
  '/usr/local/sbin/clamd',
  '/opt/homebrew/sbin/clamd',
  '/opt/homebrew/opt/clamav/sbin/clamd',
  '/usr/local/opt/clamav/sbin/clamd',
];

/** A clamd for the scanner's tests: the caller's, the system's, or Debian's package when we may install it. */
export function findClamd(say: (line: string) => void): string {
  const chosen = process.env['CLAMD_PATH'];
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Refusal(`CLAMD_PATH is ${chosen}, and there is no such file.`);
  }
  const found = KNOWN.find((path) => existsSync(path));
  if (found) return found;
  installWithApt(say, { name: 'ClamAV', debianPackage: 'clamav-daemon' });
  const installed = KNOWN.find((path) => existsSync(path));
  if (installed) return installed;
  throw new Refusal(
    process.platform === 'darwin'
      ? 'The scanner’s tests need clamd. Run: brew install clamav'
      : 'The scanner’s tests need clamd. Run: sudo apt-get install -y --no-install-recommends clamav-daemon (or set CLAMD_PATH)',
  );
}
