import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enhance } from '@repo/engine';
import { makeBracket } from '@repo/engine/test-pictures';
import {
  copyRecord,
  credentialRecord,
} from '../packages/photoestate/src/content-credentials/record-of.ts';
import { signPhoto } from '../packages/photoestate/src/content-credentials/sign-photo.ts';
import { openContentSigner } from '../packages/photoestate/src/content-credentials/signer.ts';
import {
  ALGORITHMS,
  makeCertificates,
} from '../packages/photoestate/src/content-credentials/testing/certificates.ts';
import { type C2paFinding, findC2pa, readPhotos } from './judges/c2pa.ts';
import { closingLine } from './stack/suites.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Case {
  name: string;
  expected: string;
  photo: Uint8Array;
  authority: string;
}

/** Photos as the engine makes them, signed by every kind of key, and some that somebody changed. */
async function casesOf(): Promise<Case[]> {
  const frames = await makeBracket({ width: 480, height: 320, evs: [0, -2, 2] });
  const privacy = { boxes: [{ left: 0.2, top: 0.2, width: 0.1, height: 0.1 }] };
  const { image, recipe, report } = await enhance(frames, { steps: { privacy } });
  const record = credentialRecord({ recipe, report });
  const long = Array.from({ length: 900 }, (_, index) => ({
    action: 'c2pa.edited',
    description: `The manifest gets longer than a segment of a JPEG can be: ${index}`,
  }));
  const signed = (kind: (typeof ALGORITHMS)[number], what = record) => {
    const { authority, ...pem } = makeCertificates(kind);
    return { photo: signPhoto(image.bytes, what, openContentSigner(pem)), authority };
  };
  const facts = [
    ...['c2pa.created', 'algorithmicallyEnhanced', 'Merged from 3 exposures of one view'],
    ...['c2pa.edited', '1 marked area blurred'],
  ].join(' ');
  const changed = signed('ES256');
  const last = changed.photo.length - 40;
  changed.photo[last] = (changed.photo[last] ?? 0) ^ 1;
  const said = signed('ES256');
  const at = Buffer.from(said.photo).indexOf('1 marked area');
  said.photo.set(Buffer.from('1 marked tree'), at);
  const stranger = { ...signed('ES256'), authority: makeCertificates('ES256').authority };
  return [
    ...ALGORITHMS.map((kind) => ({
      name: kind,
      expected: `Trusted [] ${facts}`,
      ...signed(kind),
    })),
    {
      name: 'a smaller copy for a delivery',
      expected: `Trusted [] ${facts}`,
      ...signed(
        'ES256',
        copyRecord({ recipe, report }, { isCut: true, isMarked: false }) ?? record,
      ),
    },
    {
      name: 'a manifest of many segments',
      expected: `Trusted [] ${facts}`,
      ...signed('ES256', { ...record, actions: [...record.actions, ...long] }),
    },
    {
      name: 'a changed photo',
      expected: `Invalid [assertion.dataHash.mismatch] ${facts}`,
      ...changed,
    },
    {
      name: 'a changed word',
      expected: `Invalid [assertion.hashedURI.mismatch] ${facts.replace('marked area', 'marked tree')}`,
      ...said,
    },
    {
      name: 'an unknown authority',
      expected: `Valid [signingCredential.untrusted] ${facts}`,
      ...stranger,
    },
  ];
}

function told({ state, failures, actions = [], error }: C2paFinding): string {
  if (error !== undefined) return error;
  const [created] = actions;
  const edited = actions.find(({ action }) => action === 'c2pa.edited');
  return [
    ...[state, `[${failures?.join(' ')}]`],
    ...[created?.action, created?.digitalSourceType?.split('/').at(-1), created?.description],
    ...[edited?.action, edited?.description],
  ].join(' ');
}

async function run() {
  const python = findC2pa(say);
  if (python === undefined) {
    say('Skipped: c2pa-python, which is not here (Python 3 with venv and pip).');
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const folder = mkdtempSync(join(tmpdir(), 'test-c2pa-'));
  const counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    for (const { name, expected, photo, authority } of await casesOf()) {
      const paths = { photo: join(folder, 'photo.jpg'), authority: join(folder, 'authority.pem') };
      writeFileSync(paths.photo, photo);
      writeFileSync(paths.authority, authority);
      const [found] = readPhotos(python, { authority: paths.authority, photos: [paths.photo] });
      const heard = found ? told(found) : 'nothing';
      counts[heard === expected ? 'passed' : 'failed'] += 1;
      say(
        heard === expected
          ? `✓ c2pa-python ${name}`
          : `× c2pa-python ${name}: expected ${expected}, heard ${heard}`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return counts;
}

const counts = await run();
say(`\n${closingLine(counts)}`);
process.exit(counts.failed === 0 ? 0 : 1);
