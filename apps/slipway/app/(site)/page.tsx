import { Button } from '@repo/ui/button';
import { CodeBlock } from '@repo/ui/code-block';
import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { connection } from 'next/server';
import { FileLife } from '../../components/site/file-life.tsx';
import { Guarantees } from '../../components/site/guarantees.tsx';
import { LiveUpload } from '../../components/site/live-upload.tsx';
import { uploadSamples } from '../../lib/samples.ts';
import { hasDemo, publicUrl } from '../../lib/session.ts';

export default async function LandingPage() {
  // Whether there is a demo, and this server's address, are known only when it runs.
  await connection();
  return (
    <>
      <Hero />
      <section aria-labelledby="calls" className="border-t bg-background">
        <div className="mx-auto grid max-w-6xl gap-x-12 gap-y-8 px-4 py-16 sm:px-6 lg:grid-cols-[2fr_3fr] lg:py-20">
          <ThreeCalls />
          <CodeBlock
            label="Upload"
            samples={uploadSamples(publicUrl())}
            className="bg-card lg:min-h-112"
          />
        </div>
      </section>
      <Guarantees />
      <YourOwn />
    </>
  );
}

function Hero() {
  const demo = hasDemo();
  return (
    <section className="mx-auto max-w-6xl px-4 pt-16 pb-14 sm:px-6 sm:pt-24 sm:pb-20">
      <div
        className={
          demo ? 'grid items-center gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_26rem]' : ''
        }
      >
        <div>
          <h1 className="max-w-3xl text-balance font-semibold text-4xl leading-[1.1] tracking-tight sm:text-5xl">
            File uploads for your app, on your own storage
          </h1>
          <p className="mt-5 max-w-2xl text-pretty text-lg text-muted-foreground leading-7">
            Bytes go from the browser straight to your disk or S3 bucket. Slipway signs the way in,
            checks what arrived, and says{' '}
            <em className="font-medium text-foreground not-italic">ready</em> only when it is.
          </p>
          <div className="mt-8 flex flex-wrap gap-3">
            <Button asChild variant="primary" size="lg">
              <a href="/sign-up">
                Create a project
                <ArrowRight />
              </a>
            </Button>
            <Button asChild size="lg">
              <Link href="/docs">Read the docs</Link>
            </Button>
          </div>
        </div>
        {demo ? <LiveUpload /> : null}
      </div>
      <FileLife className="mt-14 sm:mt-20" />
    </section>
  );
}

const calls = [
  {
    title: 'Ask for a URL',
    text: 'Your server names the file. The key, the project’s rules and its limits are checked before a byte moves.',
  },
  {
    title: 'Send the bytes',
    text: 'The URL takes this size and this type, once. It cannot overwrite anything, and it expires.',
  },
  {
    title: 'Say that they are there',
    text: 'The stored bytes are measured, hashed and looked into. Forget this call, and the server does it by itself.',
  },
];

function ThreeCalls() {
  return (
    <div>
      <h2 id="calls" className="font-semibold text-2xl tracking-tight">
        An upload is three calls
      </h2>
      <ol className="mt-6 flex flex-col gap-6">
        {calls.map((call, index) => (
          <li key={call.title} className="flex gap-4">
            <span
              aria-hidden="true"
              className="flex size-6 shrink-0 items-center justify-center rounded-full border border-border-strong font-medium text-muted-foreground text-xs tabular-nums"
            >
              {index + 1}
            </span>
            <div>
              <h3 className="font-medium leading-6">{call.title}</h3>
              <p className="mt-1 text-muted-foreground leading-6">{call.text}</p>
            </div>
          </li>
        ))}
      </ol>
      <p className="mt-6 text-muted-foreground leading-6">
        Or one: <code className="font-mono text-[13px] text-foreground">slipway.upload()</code>{' '}
        makes all three, and retries what may be retried.
      </p>
    </div>
  );
}

const parts = [
  {
    title: 'Starts with nothing',
    text: 'One command brings its own Postgres and stores on disk. No account anywhere, no outside service.',
  },
  {
    title: 'Grows by configuration',
    text: 'Set DATABASE_URL and an S3 bucket (AWS, R2, B2 or your own) and run as many processes as you like.',
  },
  {
    title: 'Yours to leave',
    text: 'Plain objects in your bucket, plain rows in your Postgres, a documented API over both.',
  },
];

function YourOwn() {
  return (
    <section aria-labelledby="own" className="border-t bg-background">
      <div className="mx-auto max-w-6xl px-4 py-16 sm:px-6 lg:py-20">
        <h2 id="own" className="font-semibold text-2xl tracking-tight">
          It runs where you run
        </h2>
        <div className="mt-6 grid gap-8 sm:grid-cols-3">
          {parts.map((part) => (
            <div key={part.title}>
              <h3 className="font-medium">{part.title}</h3>
              <p className="mt-1 text-muted-foreground leading-6">{part.text}</p>
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}
