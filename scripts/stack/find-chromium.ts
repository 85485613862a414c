import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
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

const APT = ['apt-get update', 'apt-get install -y --no-install-recommends chromium'];

/** A Chromium for the browser tests: the caller's, the system's, or Debian's package when we may install it. */
export function findChromium(say: (line: string) => void): string {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Refusal(`CHROMIUM_PATH is ${chosen}, and there is no such file.`);
  }
  const found = KNOWN.find((path) => existsSync(path));
  if (found) return found;
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) installWithApt(say);
  const installed = KNOWN.find((path) => existsSync(path));
  if (installed) return installed;
  throw new Refusal(
    process.platform === 'darwin'
      ? 'The browser tests need Chromium. Run: brew install --cask chromium'
      : 'The browser tests need Chromium. Run: sudo apt-get install -y chromium (or set CHROMIUM_PATH)',
  );
}

function installWithApt(say: (line: string) => void): void {
  say('Installing Chromium (once) …');
  for (const command of APT) {
    const [program = '', ...args] = command.split(' ');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const { status, stderr } = spawnSync(program, args, { env, encoding: 'utf8' });
    if (status !== 0) say(`${command} failed: ${stderr.trim().split('\n').at(-1) ?? ''}`);
  }
}
