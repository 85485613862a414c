import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Never in one piece in the repository: scanners on people's machines would take it away. */
export function eicar(): Buffer {
  const name = ['EICAR', 'STANDARD', 'ANTIVIRUS', 'TEST', 'FILE!'].join('-');
  return Buffer.from([String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}`, name, 'H+H*'].join('$'));
}

/**
 * A folder of signatures with the one for the EICAR file in it. With a number the signatures are that
 * version of a database, as clamd then says of itself: ClamAV's unsigned format, a header of 512 bytes
 * before an archive.
 */
export function writeSignatures(folder: string, version: number | undefined): void {
  mkdirSync(folder, { recursive: true });
  const signatures = `Eicar-Test-File:0:*:${eicar().toString('hex')}\n`;
  if (version === undefined) {
    writeFileSync(join(folder, 'local.ndb'), signatures);
    return;
  }
  const parts = join(folder, '..', 'parts');
  mkdirSync(parts);
  const seconds = Math.floor(Date.now() / 1000);
  const facts = (digest: string) =>
    `ClamAV-VDB:22 Nov 2026 08-33 +0000:${version}:1:90:${digest}:none:tests:${seconds}`;
  const files = {
    COPYING: 'For tests.\n',
    'daily.info': `${facts('X')}\nlocal.ndb:${signatures.length}:${hash('sha256', signatures)}\n`,
    'local.ndb': signatures,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(parts, name), text);
  const tar = ['--format=ustar', '-czf', '-', '-C', parts, ...Object.keys(files)];
  const { stdout: archive } = spawnSync('tar', tar);
  const header = Buffer.alloc(512, ' ');
  header.write(facts(hash('md5', archive)));
  writeFileSync(join(folder, 'daily.cud'), Buffer.concat([header, archive]));
}

function hash(algorithm: string, content: string | Buffer): string {
  return createHash(algorithm).update(content).digest('hex');
}
