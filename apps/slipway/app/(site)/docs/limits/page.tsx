import { CodeBlock } from '@repo/ui/code-block';
import type { Metadata } from 'next';
import { Code, Lead, Section, Title } from '../../../../components/site/prose.tsx';

export const metadata: Metadata = { title: 'Limits' };

export default function LimitsPage() {
  return (
    <>
      <Title>Limits</Title>
      <Lead>How many calls you may make, how to see it coming, and how to repeat one safely.</Lead>
      <Section id="rate" title="Rate limits">
        <p>
          A project and each of its keys have a budget of calls, shared by all processes of the
          server. It can be spent at once and comes back evenly. Every answer tells how it stands,
          as the IETF’s draft of the RateLimit fields has it:
        </p>
        <CodeBlock
          code={`RateLimit-Policy: "key";q=600;w=60, "project";q=1200;w=60
RateLimit: "key";r=599;t=1, "project";r=1187;t=1`}
        />
        <p>
          <Code>q</Code> calls in <Code>w</Code> seconds; <Code>r</Code> are left, and after{' '}
          <Code>t</Code> seconds without a call all of them are back. Over budget the answer is 429{' '}
          <Code>rate_limited</Code> with <Code>Retry-After</Code>; the SDK waits and tries again by
          itself. Where a budget has no limit its entry is missing.
        </p>
        <p>
          Uploads by signed URLs are not calls: only asking for the URL counts. Should the server be
          unable to look its budgets up, calls pass.
        </p>
      </Section>
      <Section id="addresses" title="Sign-in and unknown keys">
        <p>
          By address of the client: 10 failed sign-ins in 5 minutes, 30 sign-ups in a minute, 5
          password resets in 15 minutes, 100 unknown keys in 5 minutes. An IPv6 network (/64) counts
          as one address. Run behind a proxy? Set <Code>TRUSTED_PROXIES</Code>, or everybody counts
          as the proxy.
        </p>
      </Section>
      <Section id="idempotency" title="Repeating a POST">
        <p>
          Send <Code>Idempotency-Key</Code> with any POST of the API: a text of up to 255 characters
          that is new for each new call. However often it arrives, the call is done once, and every
          later one gets the first answer, marked <Code>Idempotency-Replayed: true</Code>. The SDK
          does so by itself.
        </p>
        <CodeBlock
          language="bash"
          code={`curl -X POST "$SLIPWAY_URL/api/upload-url" \\
  -H "Authorization: Bearer $SLIPWAY_API_KEY" -H "Content-Type: application/json" \\
  -H "Idempotency-Key: 5d7c1e0a-order-4711" \\
  -d '{"name":"a.png","size":4,"type":"image/png"}'`}
        />
        <p>
          Keys belong to the API key that they came with, and are kept for 24 hours. Errors of work
          that began are kept, too; refusals before it (a field that is wrong, a rule or a limit
          that has no room) are not, nor answers with <Code>Retry-After</Code>. Another path or body
          under the same key is 422 <Code>idempotency_key_reused</Code>; while the first call is at
          work a second one gets 409 <Code>idempotency_in_progress</Code>. If the server dies in the
          middle, the next call begins anew after a minute. Bodies of files, and the signed
          addresses of uploads, may be repeated as they are and need no key.
        </p>
      </Section>
      <Section id="uploaders" title="Quotas of your users">
        <p>
          The rules <Code>maxFilesPerUploader</Code> and <Code>maxBytesPerUploader</Code> of a
          project say what each of your own users may hold. Your server says who it is:{' '}
          <Code>uploader</Code> when it asks for a URL or an upload token, or, with the SDK, the
          result of a route’s <Code>fileOptions</Code>. A browser cannot say it. Uploads on their
          way and files in the trash count, however they are sent, and many at once never pass the
          limit by a byte: <Code>file_limit_reached</Code>, <Code>storage_limit_reached</Code>.
          Files without an uploader count for the project alone.
        </p>
        <CodeBlock
          language="bash"
          code={`curl -s "$SLIPWAY_URL/api/usage?uploader=user_4711" -H "Authorization: Bearer $SLIPWAY_API_KEY"
curl -s "$SLIPWAY_URL/api/usage/uploaders?limit=20" -H "Authorization: Bearer $SLIPWAY_API_KEY"`}
        />
      </Section>
      <Section id="plans" title="Plans and usage">
        <p>
          The plan of an organization says how many projects it has, how many bytes they hold
          together, how many files and bytes get ready in a calendar month (UTC), and how large one
          file may be. Uploads on their way count, so that many at once never pass a limit by a
          byte; what would is refused with <Code>quota_exceeded</Code> before anything is sent.
          Files that were uploaded count for their month also when they are deleted.
        </p>
        <CodeBlock
          language="bash"
          code={`curl -s "$SLIPWAY_URL/api/usage" -H "Authorization: Bearer $SLIPWAY_API_KEY"`}
        />
        <p>
          It answers what the project and its organization use, what is reserved, the limits, and
          the uploads of the last 30 days: the sums that limits are decided by, at this moment.
        </p>
      </Section>
      <Section id="self-hosted" title="On your own server">
        <p>
          <Code>RATE_LIMIT_PER_PROJECT=6000/60</Code> and <Code>RATE_LIMIT_PER_KEY=3000/60</Code>{' '}
          set calls and seconds in place of what plans say, <Code>off</Code> takes a limit away.
          Organizations have the plan <Code>self_host</Code>, without any limits, unless{' '}
          <Code>DEFAULT_PLAN</Code> names another one, or an admin (<Code>ADMIN_EMAILS</Code>, else
          whoever signed up first) gives them one.
        </p>
      </Section>
    </>
  );
}
