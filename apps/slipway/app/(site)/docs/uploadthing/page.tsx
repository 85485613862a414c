import { CodeBlock } from '@repo/ui/code-block';
import type { Metadata } from 'next';
import { connection } from 'next/server';
import { Code, Lead, Section, Title } from '../../../../components/site/prose.tsx';
import { publicUrl } from '../../../../lib/session.ts';

export const metadata: Metadata = { title: 'From UploadThing' };

const variables = (url: string, host: string) => `UPLOADTHING_TOKEN=eyJhcGlLZXkiOiJza19saXZlX3V0X…
UPLOADTHING_API_URL=${url}/uploadthing/api
UPLOADTHING_INGEST_URL=${url}/uploadthing/ingest
UPLOADTHING_UFS_HOST=${host}
UPLOADTHING_UTFS_HOST=${host}
UPLOADTHING_UFS_APP_ID_LOCATION=path`;

const differences = [
  [
    'A file is verified before your app hears of it',
    'Size and content are compared with what was announced, and the project’s rules and scanner apply. What is refused calls onUploadError.',
  ],
  [
    'onUploadComplete runs at least once',
    'Twelve tries over three days, until your server has sent its result. A crash in the middle means that it runs again, with the same file.key: use that to do a thing once.',
  ],
  [
    'Nobody waits for ever',
    'After 25 seconds the browser has its file with serverData: null and serverPending: true; your server is told all the same.',
  ],
  [
    'A file key is good for one upload',
    'Keys are made by the SDK from 32 bits, and two of them can meet. The second upload is refused with file_key_taken.',
  ],
  [
    'Addresses have the app in their path',
    'url, appUrl and ufsUrl are all /a/<app>/<key>. Hosts that your own code spells out, such as utfs.io, have to be changed there.',
  ],
  [
    'Files that may run scripts are saved, not shown',
    'HTML, SVG and PDF are sent as attachments, whatever the content disposition says.',
  ],
] as const;

const calls = [
  ['Ingest', 'HEAD and PUT of a signed URL, with resume'],
  ['Routes', 'route metadata, callbacks, the stream of development mode'],
  [
    'REST v6',
    'listFiles, deleteFiles, renameFiles, updateACL, getFileUrl, requestFileAccess, getUsageInfo',
  ],
  ['REST v7', 'prepareUpload, getAppInfo'],
  ['Files', '/a/<app>/<key or customId>, /f/<key>; private ones by signed URL for up to 7 days'],
] as const;

export default async function UploadthingPage() {
  await connection();
  const url = publicUrl();
  return (
    <>
      <Title>From UploadThing</Title>
      <Lead>
        An app on <Code>uploadthing@7.7</Code> and <Code>@uploadthing/react@7.3</Code> works with
        Slipway as it is. Only its environment changes.
      </Lead>
      <Section id="variables" title="Six variables">
        <p>
          Open your project’s Settings, find “UploadThing drop-in”, and create a token. Set what is
          shown where your app’s server runs, then start it anew.
        </p>
        <CodeBlock
          wrap
          code={variables(url, new URL(url).host.replace('127.0.0.1', 'localhost'))}
        />
        <p>
          For a Slipway on your own machine use <Code>localhost</Code> as the host: the SDK signs
          links with <Code>https</Code> unless the host has “local” in its name. And allow callbacks
          to your network with <Code>ALLOW_PRIVATE_TARGETS</Code>; <Code>npm start</Code> allows
          this machine while it serves it alone.
        </p>
      </Section>
      <Section id="calls" title="What it speaks">
        <Table rows={calls} />
        <p>
          Tested with uploadthing 7.7.4 and @uploadthing/react 7.3.3, unmodified: <Code>UTApi</Code>
          , <Code>createRouteHandler</Code> and <Code>UploadButton</Code> in a browser. Not there:
          the multipart and polling calls of versions before 7, hosts with the app’s id in front,
          and several regions.
        </p>
      </Section>
      <Section id="differences" title="What is different">
        <Table rows={differences} />
      </Section>
      <Section id="keys" title="The key in the token">
        <p>
          UploadThing’s SDK signs URLs with its key, and checks callbacks with it. To verify these,
          Slipway has to know the key again, so this one is not stored as a hash but sealed, with a
          key that is not in the database (<Code>ENCRYPTION_KEYS</Code>). It is a key of its own: it
          does not open Slipway’s API. Rolling it leaves the old one a day; revoking it ends the
          URLs that it signed as well.
        </p>
      </Section>
    </>
  );
}

function Table({ rows }: { rows: readonly (readonly [string, string])[] }) {
  return (
    <dl className="divide-y rounded-lg border">
      {rows.map(([name, text]) => (
        <div key={name} className="flex flex-col gap-x-4 gap-y-1 px-4 py-2.5 sm:flex-row">
          <dt className="font-medium sm:w-44 sm:shrink-0">{name}</dt>
          <dd className="text-muted-foreground">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
