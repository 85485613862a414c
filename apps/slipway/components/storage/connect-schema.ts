import { z } from 'zod';

export const providers = ['aws', 'r2', 'b2', 'supabase', 'other'] as const;
export type Provider = (typeof providers)[number];

export interface ProviderHints {
  label: string;
  /** What its endpoint looks like; null where the region says it all. */
  endpoint: string | null;
  /** Used as it is until somebody writes another. */
  region: string;
  regionHint: string;
  forcePathStyle: boolean;
}

/** Only what saves typing: what a server is capable of is found out by trying. */
export const hintsOf: Readonly<Record<Provider, ProviderHints>> = {
  aws: {
    label: 'Amazon S3',
    endpoint: null,
    region: '',
    regionHint: 'The bucket’s, such as eu-central-1.',
    forcePathStyle: false,
  },
  r2: {
    label: 'Cloudflare R2',
    endpoint: 'https://<account id>.r2.cloudflarestorage.com',
    region: 'auto',
    regionHint: 'Always auto.',
    forcePathStyle: true,
  },
  b2: {
    label: 'Backblaze B2',
    endpoint: 'https://s3.<region>.backblazeb2.com',
    region: '',
    regionHint: 'As in the endpoint, such as eu-central-003.',
    forcePathStyle: true,
  },
  supabase: {
    label: 'Supabase Storage',
    endpoint: 'https://<project>.supabase.co/storage/v1/s3',
    region: '',
    regionHint: 'As the project’s storage settings say.',
    forcePathStyle: true,
  },
  other: {
    label: 'Another S3 server',
    endpoint: 'https://s3.example.com',
    region: 'us-east-1',
    regionHint: 'Most servers take us-east-1.',
    forcePathStyle: true,
  },
};

const address = (text: string) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'https:' || url?.protocol === 'http:';
};

const optionalAddress = z
  .string()
  .trim()
  .refine((text) => text === '' || address(text), 'Expected an address that begins with https://.');

export const credentialFields = {
  accessKeyId: z
    .string()
    .trim()
    .regex(/^[!-~]*$/, 'Expected no spaces.')
    .min(1, 'Expected an access key.'),
  secretAccessKey: z.string().trim().min(1, 'Expected a secret key.'),
};

/** A bucket as the form holds it; the server looks at all of it again. */
export const ConnectForm = z
  .object({
    provider: z.enum(providers),
    name: z.string().trim().min(1, 'Expected a name.').max(80, 'Expected at most 80 characters.'),
    bucket: z
      .string()
      .trim()
      .regex(
        /^[0-9A-Za-z][0-9A-Za-z._-]{1,61}[0-9A-Za-z]$/,
        'Expected 3 to 63 letters, digits, dots and hyphens.',
      ),
    endpoint: optionalAddress,
    region: z
      .string()
      .trim()
      .regex(/^[0-9a-z](-?[0-9a-z])*$/, 'Expected a region such as eu-central-1, or auto.'),
    addressing: z.enum(['path', 'host']),
    ...credentialFields,
    origin: optionalAddress,
  })
  .superRefine(({ provider, endpoint }, context) => {
    if (hintsOf[provider].endpoint === null || endpoint !== '') return;
    const message = 'Expected the address of the S3 server.';
    context.addIssue({ code: 'custom', path: ['endpoint'], message });
  });
export type ConnectForm = z.infer<typeof ConnectForm>;

export function emptyForm(provider: Provider): ConnectForm {
  const { region, forcePathStyle } = hintsOf[provider];
  return {
    provider,
    name: '',
    bucket: '',
    endpoint: '',
    region,
    addressing: forcePathStyle ? 'path' : 'host',
    accessKeyId: '',
    secretAccessKey: '',
    origin: '',
  };
}

/** What changes with the provider; what was typed for another one stays where it fits. */
export function withProvider(form: ConnectForm, provider: Provider): ConnectForm {
  const [before, after] = [hintsOf[form.provider], hintsOf[provider]];
  return {
    ...form,
    provider,
    endpoint: after.endpoint === null ? '' : form.endpoint,
    region: form.region === before.region ? after.region : form.region,
    addressing: after.forcePathStyle ? 'path' : 'host',
  };
}

export function toInput(form: ConnectForm) {
  const { name, bucket, endpoint, region, accessKeyId, secretAccessKey, origin } = form;
  return {
    name,
    bucket,
    endpoint: endpoint === '' ? null : endpoint,
    region,
    forcePathStyle: form.addressing === 'path',
    accessKeyId,
    secretAccessKey,
    ...(origin === '' ? {} : { origin }),
  };
}
