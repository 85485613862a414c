import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installWithApt } from './install-with-apt.ts';
import { Refusal } from './refusal.ts';

const isThere = () =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'jq')));

/** The documentation's shell samples read JSON with jq, which has to be in the PATH to run them. */
export function requireJq(say: (line: string) => void): void {
  if (isThere()) return;
  installWithApt(say, { name: 'jq', debianPackage: 'jq' });
  if (isThere()) return;
  throw new Refusal(
    process.platform === 'darwin'
      ? 'The tests of the documentation need jq. Run: brew install jq'
      : 'The tests of the documentation need jq. Run: sudo apt-get install -y jq',
  );
}
