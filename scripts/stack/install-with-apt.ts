import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Debian's package of a program that tests need, when we may install it; how it went is said. */
export function installWithApt(
  say: (line: string) => void,
  { name, debianPackage }: { name: string; debianPackage: string },
): void {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) return;
  say(`Installing ${name} (once) …`);
  // Somebody else's apt is waited for: test files that run at once may each get here.
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', debianPackage]]) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const { status, stderr } = spawnSync('apt-get', [...wait, ...args], { env, encoding: 'utf8' });
    if (status !== 0) {
      say(`apt-get ${args.join(' ')} failed: ${stderr.trim().split('\n').at(-1) ?? ''}`);
    }
  }
}
