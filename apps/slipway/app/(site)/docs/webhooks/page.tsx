import { CodeBlock } from '@repo/ui/code-block';
import type { Metadata } from 'next';
import { connection } from 'next/server';
import { Code, Lead, Section, Title } from '../../../../components/site/prose.tsx';
import { EVENT_CHOICES } from '../../../../components/webhooks/webhook-words.ts';
import { publicUrl } from '../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Webhooks' };

const VERIFY = `import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.env.SLIPWAY_WEBHOOK_SECRET); // whsec_…

export async function POST(request) {
  const body = await request.text(); // the bytes as they came, before any parsing
  let event;
  try {
    event = webhook.verify(body, Object.fromEntries(request.headers));
  } catch {
    return new Response('wrong signature', { status: 400 });
  }
  const id = request.headers.get('webhook-id'); // the same at every try: do it once
  await handleOnce(id, event);
  return new Response(null, { status: 204 });
}`;

const PAYLOAD = `{
  "type": "file.ready",
  "timestamp": "2026-11-01T09:30:00.000Z",
  "data": {
    "file": { "id": "file_…", "key": "prj_…/….jpg", "name": "kitchen.jpg", "size": 482113, "status": "ready", … },
    "reason": "verified"
  }
}`;

const answers = [
  ['2xx', 'Delivered.'],
  ['3xx', 'A failure: redirects are not followed.'],
  ['410', 'The webhook is disabled at once.'],
  ['429, 503', 'A failure; Retry-After is waited for, up to a day.'],
  ['others', 'A failure, as is no answer within 20 seconds.'],
] as const;

export default async function WebhooksPage() {
  await connection();
  const url = publicUrl();
  return (
    <>
      <Title>Webhooks</Title>
      <Lead>
        Your server is told what happens to files, by POST. Signed by Standard Webhooks 1.0, at
        least once, and for each file in the order in which it happened.
      </Lead>
      <Section id="add" title="Add one">
        <p>
          In the project’s <Code>Webhooks</Code> tab, or with a key that may do everything. The
          answer holds the secret.
        </p>
        <CodeBlock
          language="bash"
          code={`curl -s ${url}/api/webhooks \\\n  -H "Authorization: Bearer $SLIPWAY_API_KEY" \\\n  -H "Content-Type: application/json" \\\n  -d '{"url":"https://example.com/webhooks","eventTypes":["file.ready"]}'`}
        />
      </Section>
      <Section id="payload" title="What is sent">
        <CodeBlock language="json" code={PAYLOAD} />
        <dl className="divide-y rounded-lg border">
          {EVENT_CHOICES.map(({ type, when }) => (
            <Row key={type} name={type} text={`${when}.`} />
          ))}
        </dl>
        <p>
          Less than 20 kB always. <Code>data.truncated</Code> says that metadata was left out to
          keep it so.
        </p>
      </Section>
      <Section id="verify" title="Verify it">
        <p>
          Headers <Code>webhook-id</Code>, <Code>webhook-timestamp</Code> and{' '}
          <Code>webhook-signature</Code>. Any library of Standard Webhooks refuses what was changed,
          and what is older than five minutes.
        </p>
        <CodeBlock language="ts" code={VERIFY} />
        <p>
          With <Code>ed25519</Code> the signature is <Code>v1a</Code> and you hold a public key (
          <Code>whpk_…</Code>) only. When a secret is rolled, two signatures come, with a space
          between them, until the overlap is over: either one will do.
        </p>
      </Section>
      <Section id="tries" title="Tries">
        <dl className="divide-y rounded-lg border">
          {answers.map(([name, text]) => (
            <Row key={name} name={name} text={text} />
          ))}
        </dl>
        <p>
          Ten tries: at once, then after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h,
          each up to a tenth sooner or later: 75 h 35 min. The next event of a file waits until the
          one before it was delivered or given up; other files do not wait.
        </p>
        <p>
          After five days of nothing but failures the webhook is disabled, and{' '}
          <Code>endpoint.disabled</Code> is sent to the project’s others. Every try is kept for 30
          days, with its request and answer. One can be sent again, or all of a range of time, also
          what happened while it was disabled.
        </p>
      </Section>
      <Section id="inside" title="Addresses inside">
        <p>
          Only the public internet is reached, by https. Whoever runs a Slipway may name networks
          inside with <Code>ALLOW_PRIVATE_TARGETS</Code>, such as{' '}
          <Code>10.1.0.0/16,127.0.0.0/8</Code>.
        </p>
      </Section>
    </>
  );
}

function Row({ name, text }: { name: string; text: string }) {
  return (
    <div className="flex flex-col gap-x-4 gap-y-1 px-4 py-2.5 sm:flex-row">
      <dt className="w-36 shrink-0">
        <Code>{name}</Code>
      </dt>
      <dd className="text-muted-foreground">{text}</dd>
    </div>
  );
}
