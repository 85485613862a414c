import { CodeBlock } from '@repo/ui/code-block';
import { StatusChip } from '@repo/ui/status-chip';
import type { Metadata } from 'next';
import { connection } from 'next/server';
import { Code, Lead, Section, Title } from '../../../components/site/prose.tsx';
import { nextServerSample, reactSample, uploadSamples } from '../../../lib/samples.ts';
import { publicUrl } from '../../../lib/session.ts';

export const metadata: Metadata = { title: 'Getting started' };

const link = 'text-link underline underline-offset-4';

export default async function DocsPage() {
  // The samples show this server's own address, which is known only when it runs.
  await connection();
  const url = publicUrl();
  return (
    <>
      <Title>Getting started</Title>
      <Lead>
        From nothing to a verified file in a few minutes. You need an account here and a terminal.
      </Lead>
      <Section id="project" title="1. Make a project">
        <p>
          <a href="/sign-up" className={link}>
            Create an account
          </a>{' '}
          and a project. Its secret key is shown once: keep it on your server, as{' '}
          <Code>SLIPWAY_API_KEY</Code>. A project’s rules say which types and sizes it takes, and
          whether its files are public.
        </p>
      </Section>
      <Section id="upload" title="2. Upload a file">
        <p>Ask for a URL, send the bytes to it, say that they are there.</p>
        <CodeBlock label="Upload" samples={uploadSamples(url)} />
        <p>
          The answer to the third call is the file, with <Code>"status": "ready"</Code>. Completing
          is idempotent: call it as often as you like. If your process dies before it does, the
          server settles the upload by itself.
        </p>
      </Section>
      <Section id="browser" title="3. Let your users upload">
        <p>
          The key must not reach a browser. Put a route handler between: it decides who may upload
          what, and the bytes still go straight to the storage.
        </p>
        <CodeBlock label="app/api/slipway/route.ts" language="ts" code={nextServerSample} />
        <p>
          And the button, typed by that handler: progress, cancel, retry and the rules are in it.
        </p>
        <CodeBlock label="components/avatar-upload.tsx" language="ts" code={reactSample} />
      </Section>
      <Section id="read" title="4. Read it back">
        <p>
          Files of public projects have a lasting <Code>url</Code>. For private ones, ask for a URL
          that expires:
        </p>
        <CodeBlock
          language="bash"
          code={`curl -s "${url}/api/files/file_…/url?expiresIn=600" \\\n  -H "Authorization: Bearer $SLIPWAY_API_KEY"`}
        />
      </Section>
      <Lifecycle />
      <Scans />
    </>
  );
}

const statuses = [
  ['pending', 'A URL was made; the bytes have not been confirmed.'],
  ['verifying', 'The bytes are being measured, hashed and looked into.'],
  ['ready', 'Everything was checked, and nothing can change it any more.'],
  [
    'rejected',
    'The stored bytes broke a promise or a rule. They were removed; the reason is kept.',
  ],
  ['failed', 'The upload ended for a reason on our side.'],
  ['expired', 'The bytes never came in time.'],
  ['deleted', 'Somebody with the right to it deleted it.'],
] as const;

const scans = [
  [
    'not_scanned',
    'Nobody looked: there is no scanner, it was away, or the project wants no scans.',
  ],
  ['pending', 'The project requires a verdict and there is none yet. The file waits, unreadable.'],
  ['clean', 'A scanner looked at these very bytes and found nothing.'],
  ['infected', 'It found something. The file is rejected and its bytes are gone.'],
] as const;

function Scans() {
  return (
    <Section id="scan" title="What the scan states mean">
      <p>
        A project’s rules say whether a virus scan is required, made when there is a scanner, or
        off. Where it is required, completing answers 202 while the scanner is away; the server
        tries again each minute.
      </p>
      <dl className="divide-y rounded-lg border">
        {scans.map(([scan, text]) => (
          <div key={scan} className="flex flex-col gap-x-4 gap-y-1 px-4 py-2.5 sm:flex-row">
            <dt className="w-28 shrink-0">
              <Code>{scan}</Code>
            </dt>
            <dd className="text-muted-foreground">{text}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Lifecycle() {
  return (
    <Section id="life" title="What the statuses mean">
      <dl className="divide-y rounded-lg border">
        {statuses.map(([status, text]) => (
          <div
            key={status}
            className="flex flex-col gap-x-4 gap-y-1 px-4 py-2.5 sm:flex-row sm:items-center"
          >
            <dt className="w-28 shrink-0">
              <StatusChip status={status} />
            </dt>
            <dd className="text-muted-foreground">{text}</dd>
          </div>
        ))}
      </dl>
      <p>
        Every call, field and error is in the{' '}
        <a href="/docs/api" className={link}>
          API reference
        </a>
        .
      </p>
    </Section>
  );
}
