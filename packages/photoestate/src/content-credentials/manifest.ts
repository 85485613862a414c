import { createHash } from 'node:crypto';
import { type Cbor, encodeCbor, Tagged } from './cbor.ts';
import { box, hashedPart, superbox } from './jumbf.ts';
import type { ContentSigner } from './signer.ts';

/** One thing that was done, by C2PA's names. */
export interface CredentialAction {
  readonly action: string;
  /** In words. */
  readonly description: string;
}

export interface CredentialRecord {
  readonly software: { readonly name: string; readonly version: string };
  /** Of IPTC's vocabulary. */
  readonly digitalSourceType: string;
  /** How it came about, in words. */
  readonly origin: string;
  readonly actions: readonly CredentialAction[];
}

export interface Binding {
  /** `urn:c2pa:` and a UUID. */
  readonly label: string;
  /** SHA-256 of the file without the manifest. */
  readonly hash: Uint8Array;
  /** Where the manifest lies in the file. */
  readonly start: number;
  readonly length: number;
}

const sha256 = (data: Uint8Array): Uint8Array => createHash('sha256').update(data).digest();

/** COSE_Sign1, whose payload lies elsewhere. */
const COSE_SIGN1 = 18;
const HEADER = { algorithm: 1, chain: 33 } as const;

/** A C2PA 2.x manifest store with one manifest, that says how a photo was made and binds it to the file. */
export function manifestStore(
  record: CredentialRecord,
  binding: Binding,
  signer: ContentSigner,
): Buffer {
  const assertions = [
    { label: 'c2pa.actions.v2', content: actionsOf(record) },
    { label: 'c2pa.hash.data', content: hashOf(binding) },
  ].map(({ label, content }) => ({ label, box: cborBox('cbor', label, encodeCbor(content)) }));
  const claim = encodeCbor({
    instanceID: binding.label.replace('urn:c2pa:', 'xmp:iid:'),
    claim_generator_info: { ...record.software },
    signature: `self#jumbf=/c2pa/${binding.label}/c2pa.signature`,
    created_assertions: assertions.map((one) => ({
      url: `self#jumbf=c2pa.assertions/${one.label}`,
      hash: sha256(hashedPart(one.box)),
    })),
    alg: 'sha256',
  });
  const manifest = superbox({ kind: 'c2ma', label: binding.label }, [
    superbox(
      { kind: 'c2as', label: 'c2pa.assertions' },
      assertions.map((one) => one.box),
    ),
    cborBox('c2cl', 'c2pa.claim.v2', claim),
    cborBox('c2cs', 'c2pa.signature', signatureOf(claim, signer)),
  ]);
  return superbox({ kind: 'c2pa', label: 'c2pa' }, [manifest]);
}

function cborBox(kind: 'cbor' | 'c2cl' | 'c2cs', label: string, content: Uint8Array): Buffer {
  return superbox({ kind, label }, [box('cbor', content)]);
}

function actionsOf({ software, digitalSourceType, origin, actions }: CredentialRecord): Cbor {
  const softwareAgent = { ...software };
  return {
    actions: [
      { action: 'c2pa.created', digitalSourceType, softwareAgent, description: origin },
      ...actions.map((one) => ({ ...one, softwareAgent })),
    ],
  };
}

function hashOf({ hash, start, length }: Binding): Cbor {
  return {
    exclusions: [{ start, length }],
    name: 'jumbf manifest',
    alg: 'sha256',
    hash,
    pad: new Uint8Array(0),
  };
}

function signatureOf(claim: Uint8Array, signer: ContentSigner): Uint8Array {
  const [own = new Uint8Array(0)] = signer.chain;
  const header = encodeCbor(
    new Map<number, Cbor>([
      [HEADER.algorithm, signer.algorithm],
      [HEADER.chain, signer.chain.length === 1 ? own : signer.chain],
    ]),
  );
  const none = new Uint8Array(0);
  const signed = encodeCbor(['Signature1', header, none, claim]);
  return encodeCbor(new Tagged(COSE_SIGN1, [header, new Map(), null, signer.sign(signed)]));
}
