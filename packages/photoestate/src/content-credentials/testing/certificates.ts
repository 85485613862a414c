import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** DER (X.690), as much of it as a certificate is made of. */
function der(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const head =
    length < 128
      ? [tag, length]
      : length < 256
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from(head), content]);
}

const sequence = (...contents: Uint8Array[]) => der(0x30, ...contents);
const object = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const octets = (content: Uint8Array) => der(0x04, content);
const yes = der(0x01, Buffer.of(0xff));

const ID = {
  ecdsaWithSha256: '2a8648ce3d040302',
  commonName: '550403',
  organization: '55040a',
  basicConstraints: '551d13',
  keyUsage: '551d0f',
  extendedKeyUsage: '551d25',
  subjectKey: '551d0e',
  authorityKey: '551d23',
  emailProtection: '2b06010505070304',
} as const;

const algorithm = sequence(object(ID.ecdsaWithSha256));

function nameOf(commonName: string): Buffer {
  const part = (id: string, text: string) =>
    der(0x31, sequence(object(id), der(0x0c, Buffer.from(text))));
  return sequence(part(ID.organization, 'Test Studio'), part(ID.commonName, commonName));
}

function time(date: Date): Buffer {
  return der(0x18, Buffer.from(`${date.toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`));
}

interface Wish {
  subject: string;
  key: KeyObject;
  issuer: { name: string; key: KeyObject; publicKey: KeyObject };
  authority: boolean;
  validTo: Date;
}

const spkiOf = (key: KeyObject) => key.export({ type: 'spki', format: 'der' });
const keyId = (key: KeyObject) => createHash('sha1').update(spkiOf(key)).digest();

function extensionsOf({ key, issuer, authority }: Wish): Buffer {
  const extension = (id: string, critical: boolean, value: Uint8Array) =>
    sequence(object(id), ...(critical ? [yes] : []), octets(value));
  // Bits from the left: the first signs data, the sixth certificates.
  const usage = authority ? Buffer.of(2, 0b0000_0100) : Buffer.of(7, 0b1000_0000);
  return der(
    0xa3,
    sequence(
      extension(ID.basicConstraints, true, sequence(...(authority ? [yes] : []))),
      extension(ID.keyUsage, true, der(0x03, usage)),
      ...(authority
        ? []
        : [extension(ID.extendedKeyUsage, false, sequence(object(ID.emailProtection)))]),
      extension(ID.subjectKey, false, octets(keyId(key))),
      extension(ID.authorityKey, false, sequence(der(0x80, keyId(issuer.publicKey)))),
    ),
  );
}

function certificate(wish: Wish): string {
  const { subject, key, issuer, validTo } = wish;
  const version3 = der(0xa0, der(0x02, Buffer.of(2)));
  const serial = der(0x02, Buffer.concat([Buffer.of(1), keyId(key).subarray(0, 12)]));
  const validity = sequence(time(new Date(Date.UTC(2026, 0, 1))), time(validTo));
  const told = sequence(
    ...[version3, serial, algorithm, nameOf(issuer.name), validity, nameOf(subject)],
    ...[spkiOf(key), extensionsOf(wish)],
  );
  const signature = der(0x03, Buffer.of(0), sign('sha256', told, issuer.key));
  const base64 = sequence(told, algorithm, signature).toString('base64');
  const lines = base64.match(/.{1,64}/g)?.join('\n') ?? '';
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

const KEYS = {
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  PS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  Ed25519: () => generateKeyPairSync('ed25519'),
};

export const ALGORITHMS = ['ES256', 'ES384', 'PS256', 'Ed25519'] as const;

/** A certificate as C2PA wants one, of an authority made for it, and its key: as PEM. */
export function makeCertificates(
  kind: (typeof ALGORITHMS)[number],
  validTo = new Date(Date.UTC(2049, 0, 1)),
): { certificates: string; key: string; authority: string } {
  const root = KEYS.ES256();
  const own = KEYS[kind]();
  const issuer = { name: 'Test Authority', key: root.privateKey, publicKey: root.publicKey };
  const authority = certificate({
    ...{ subject: issuer.name, key: root.publicKey, issuer, authority: true, validTo },
  });
  const leaf = certificate({
    ...{ subject: 'Test Signer', key: own.publicKey, issuer, authority: false, validTo },
  });
  const key = own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { certificates: leaf + authority, key, authority };
}
