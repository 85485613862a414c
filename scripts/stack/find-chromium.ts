import { existsSync } from 'node:fs';
import { installWithApt } from './install-with-apt.ts';
import { Refusal } from './refusal.ts';

const KNOWN = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A Chromium for the browser tests: the caller's, the system's, or Debian's package when we may install it. */
export function findChromium(say: (line: string) => void): string {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Refusal(`CHROMIUM_PATH is ${chosen}, and there is no such file.`);
  }
  const found = KNOWN.find((path) => existsSync(path));
  if (found) return found;
  installWithApt(say, { name: 'Chromium', debianPackage: 'chromium' });
  const installed = KNOWN.find((path) => existsSync(path));
  if (installed) return installed;
  throw new Refusal(
    process.platform === 'darwin'
      ? 'The browser tests need Chromium. Run: brew install --cask chromium'
      : 'The browser tests need Chromium. Run: sudo apt-get install -y chromium (or set CHROMIUM_PATH)',
  );
}
