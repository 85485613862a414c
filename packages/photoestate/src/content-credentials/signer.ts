import { createPrivateKey, type KeyObject, sign, X509Certificate } from 'node:crypto';

/** A certificate chain and the key of its first certificate. */
export interface ContentSigner {
  /** COSE's number of the algorithm. */
  readonly algorithm: number;
  /** Whom the signing certificate names. */
  readonly name: string;
  /** DER, the signing certificate first. */
  readonly chain: readonly Uint8Array[];
  readonly validTo: Date;
  sign(data: Uint8Array): Uint8Array;
}

interface Algorithm {
  readonly id: number;
  readonly digest: string | null;
}

/** What C2PA allows for each kind of key. */
function algorithmOf(key: KeyObject): Algorithm | undefined {
  const { namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'ed25519') return { id: -8, digest: null };
  if (key.asymmetricKeyType === 'rsa') return { id: -37, digest: 'sha256' };
  if (namedCurve === 'prime256v1') return { id: -7, digest: 'sha256' };
  if (namedCurve === 'secp384r1') return { id: -35, digest: 'sha384' };
  return undefined;
}

function nameOf({ subject }: X509Certificate): string {
  const parts = new Map(
    (subject ?? '').split('\n').map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
  return parts.get('O') ?? parts.get('CN') ?? 'a certificate without a name';
}

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * @param pem the chain and the key, as text
 * @throws with what is wrong with them, in words for whoever configures the server
 */
export function openContentSigner(pem: { certificates: string; key: string }): ContentSigner {
  const certificates = (pem.certificates.match(PEM) ?? []).map((one) => new X509Certificate(one));
  const [own] = certificates;
  if (own === undefined) throw new TypeError('expected at least one PEM certificate');
  const key = createPrivateKey(pem.key);
  if (!own.checkPrivateKey(key)) {
    throw new TypeError('expected the key of the first certificate, got that of another one');
  }
  const algorithm = algorithmOf(key);
  if (algorithm === undefined) {
    throw new TypeError('expected a key for ES256, ES384, PS256 or Ed25519');
  }
  const { id, digest } = algorithm;
  return {
    algorithm: id,
    name: nameOf(own),
    chain: certificates.map(({ raw }) => raw),
    validTo: own.validToDate,
    sign: (data) =>
      sign(digest, data, {
        key,
        dsaEncoding: 'ieee-p1363',
        ...(key.asymmetricKeyType === 'rsa' && { padding: 6, saltLength: 32 }),
      }),
  };
}
