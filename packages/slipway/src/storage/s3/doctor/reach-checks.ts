import { isIP } from 'node:net';
import type { Answer } from '../probe/answer.ts';
import { describe } from '../probe/answer.ts';
import { type Finding, no, yes } from '../probe/finding.ts';
import type { Check, Visit } from './check.ts';
import { allow, awsCommand } from './remedies.ts';

const MINUTE_MS = 60_000;
/** S3 refuses at fifteen minutes; URLs live too long or too short before that. */
const MOST_SKEW_MS = 2 * MINUTE_MS;

/** The first is S3's own; the others are what versitygw and gateways say. */
const WRONG_KEY = ['InvalidAccessKeyId', 'XAdminUserNotFound', 'InvalidAccessKey', 'AuthFailure'];
const WRONG_SECRET = ['SignatureDoesNotMatch'];
const WRONG_REGION = [
  'AuthorizationHeaderMalformed',
  'AuthorizationQueryParametersError',
  'PermanentRedirect',
  'IllegalLocationConstraintException',
];
const WRONG_TIME = ['RequestTimeTooSkewed', 'RequestExpired'];

/** The way to the bucket, from the name of its server to the bucket itself. */
export const REACH_CHECKS: Check[] = [
  {
    id: 'reach',
    title: 'The endpoint answers',
    severity: 'problem',
    needs: [],
    look: async ({ contact: { greeting, endpoint } }) =>
      greeting instanceof Error
        ? no(whyNot(greeting, endpoint))
        : yes(`the server at ${endpoint.host} answers`),
    remedy: ({ contact: { endpoint } }) => ({
      text: `Look at the endpoint, and whether this machine may reach it.`,
      code: `curl -v ${endpoint.href}`,
    }),
  },
  {
    id: 'tls',
    title: 'The way to the bucket is encrypted',
    severity: 'warning',
    needs: ['reach'],
    look: async ({ contact: { endpoint } }) => {
      if (endpoint.protocol === 'https:') return yes('the endpoint is https');
      return isThisMachine(endpoint.hostname)
        ? yes('the endpoint is on this machine')
        : no('the endpoint is http: bytes and signed URLs can be read and changed on the way');
    },
    remedy: ({ contact: { endpoint } }) => ({
      text: 'Use the endpoint’s https address; behind a proxy, give the server a certificate. Browsers refuse uploads to http from https pages.',
      code: endpoint.href.replace(/^http:/, 'https:'),
    }),
  },
  {
    id: 'clock',
    title: 'Both clocks agree',
    severity: 'problem',
    needs: ['reach'],
    look: async ({ contact }) => lookAtClocks(contact),
    remedy: () => ({
      text: 'Keep time by NTP on this machine and on the storage’s: signed URLs are good for a time that both have to agree on.',
      code: 'timedatectl set-ntp true',
    }),
  },
  {
    id: 'credentials',
    title: 'The access key and its secret are accepted',
    severity: 'problem',
    needs: ['reach', 'clock'],
    look: async ({ contact: { listing }, bench: { options } }) => {
      if (listing instanceof Error || listing.ok) return yes('they are');
      if (isOneOf(listing, WRONG_KEY) || listing.status === 401)
        return no(`the server knows no access key ${options.accessKeyId} (${describe(listing)})`);
      if (isOneOf(listing, WRONG_SECRET))
        return no(`the secret is not the one of ${options.accessKeyId} (${describe(listing)})`);
      return yes('they are');
    },
    remedy: () => ({
      text: 'Copy the access key and its secret again, without blanks. A secret is shown once: make a new key if it is lost.',
    }),
  },
  {
    id: 'region',
    title: 'The region is the bucket’s',
    severity: 'problem',
    needs: ['reach', 'credentials'],
    look: async ({ contact: { listing }, bench: { options } }) => {
      if (listing instanceof Error || !isOneOf(listing, WRONG_REGION))
        return yes(`it is ${options.region}`);
      const expected = expectedRegion(listing);
      return no(
        expected === null
          ? `the server refuses the region ${options.region} (${describe(listing)})`
          : `the bucket is in ${expected}, not in ${options.region}`,
      );
    },
    remedy: ({ contact: { listing } }) => ({
      text: 'Set the region to this one. Cloudflare R2 calls it "auto".',
      code: (listing instanceof Error ? null : expectedRegion(listing)) ?? 'auto',
    }),
  },
  {
    id: 'addressing',
    title: 'The bucket’s name is at the right place of the address',
    severity: 'problem',
    needs: ['reach', 'credentials', 'region'],
    look: async (visit) => lookAtAddressing(visit),
    remedy: ({ bench: { options } }) => ({
      text: options.forcePathStyle
        ? 'This server wants the bucket before the host name. Switch path-style addresses off.'
        : 'This server wants the bucket in the path. Switch path-style addresses on.',
      code: `S3_FORCE_PATH_STYLE=${!options.forcePathStyle}`,
    }),
  },
  {
    id: 'bucket',
    title: 'The bucket exists',
    severity: 'problem',
    needs: ['reach', 'credentials', 'region', 'addressing'],
    look: async ({ contact: { listing }, bench: { options } }) => {
      if (listing instanceof Error) return no(listing.message);
      return listing.status === 404
        ? no(`there is no bucket ${options.bucket} (${describe(listing)})`)
        : yes(`there is a bucket ${options.bucket}`);
    },
    remedy: ({ bench: { options } }) => ({
      text: 'Create it, or correct its name.',
      code: awsCommand(options, 'create-bucket'),
    }),
  },
  {
    id: 'list',
    title: 'The key may list the bucket',
    severity: 'problem',
    needs: ['bucket'],
    look: async ({ contact: { listing } }) =>
      !(listing instanceof Error) && listing.ok
        ? yes('it may')
        : no(
            `listing was refused with ${listing instanceof Error ? listing.message : describe(listing)}; then a missing object cannot be told from a forbidden one either`,
          ),
    remedy: ({ bench: { options } }) => allow('s3:ListBucket', options),
  },
];

function whyNot(error: Error, { hostname, port, protocol }: URL): string {
  const codes = [error, error.cause].flatMap((one) =>
    one instanceof Error && 'code' in one ? [String(one.code)] : [],
  );
  const code = codes.at(-1) ?? '';
  if (['ENOTFOUND', 'EAI_AGAIN'].includes(code)) return `no server is called ${hostname}`;
  if (code === 'ECONNREFUSED')
    return `nothing listens at ${hostname}, port ${port || (protocol === 'http:' ? 80 : 443)}`;
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'EPROTO')
    return `${hostname} speaks no TLS at this port; is its address http?`;
  if (/CERT|TLS|SSL|ALTNAME|ISSUER/.test(code))
    return `the certificate of ${hostname} is not trusted (${code})`;
  if (error.name === 'TimeoutError') return `${hostname} did not answer in time`;
  return `${hostname} could not be reached (${code || error.message})`;
}

const isThisMachine = (host: string) =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '[::1]' ||
  (isIP(host) === 4 && host.startsWith('127.'));

function lookAtClocks({ greeting, listing }: Visit['contact']): Finding {
  const answers = [greeting, listing].filter((one): one is Answer => !(one instanceof Error));
  const says = answers[0]?.headers.get('date') ?? null;
  const skew = says === null ? null : Date.parse(says) - Date.now();
  if (skew !== null && Math.abs(skew) > MOST_SKEW_MS) {
    const minutes = Math.round(Math.abs(skew) / MINUTE_MS);
    return no(`the storage’s clock is ${minutes} minutes ${skew > 0 ? 'ahead of' : 'behind'} ours`);
  }
  const tooSkewed = answers.find(
    (one) => isOneOf(one, WRONG_TIME) || /not yet valid|has expired/i.test(one.body),
  );
  if (tooSkewed !== undefined)
    return no(`a request of this moment was refused with ${describe(tooSkewed)}`);
  return skew === null
    ? yes('a request of this moment is accepted')
    : yes(`they are ${Math.abs(Math.round(skew / 1000))} seconds apart`);
}

function lookAtAddressing({ contact, bench: { options } }: Visit): Finding {
  const { listing, otherwise } = contact;
  const style = (path: boolean) => (path ? 'in the path' : 'before the host name');
  const here = style(options.forcePathStyle);
  if (otherwise === null || otherwise instanceof Error || !otherwise.ok)
    return listing instanceof Error
      ? no(`with the bucket ${here}, nothing answers: ${listing.message}`)
      : yes(`the bucket is ${here}`);
  return no(
    `with the bucket ${here} it is not found; it is, with the bucket ${style(!options.forcePathStyle)}`,
  );
}

const isOneOf = ({ code }: Answer, codes: string[]) => code !== null && codes.includes(code);

function expectedRegion({ body, headers }: Answer): string | null {
  return (
    headers.get('x-amz-bucket-region') ??
    /<Region>([^<]+)</.exec(body)?.[1] ??
    /expecting (?:'|&apos;|&#39;)([\w-]+)/.exec(body)?.[1] ??
    null
  );
}
