import { CodeBlock } from '@repo/ui/code-block';
import type { Metadata } from 'next';
import { Code, Lead, Section, Title } from '../../../../components/site/prose.tsx';

export const metadata: Metadata = { title: 'Limits' };

export default function LimitsPage() {
  return (
    <>
      <Title>Limits</Title>
      <Lead>How many calls you may make, and how to see it coming.</Lead>
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
          password resets in 15 minutes, 20 unknown keys in 5 minutes. An IPv6 network (/64) counts
          as one address. Run behind a proxy? Set <Code>TRUSTED_PROXIES</Code>, or everybody counts
          as the proxy.
        </p>
      </Section>
      <Section id="self-hosted" title="On your own server">
        <p>
          <Code>RATE_LIMIT_PER_PROJECT=6000/60</Code> and <Code>RATE_LIMIT_PER_KEY=3000/60</Code>{' '}
          set calls and seconds, <Code>off</Code> takes a limit away.
        </p>
      </Section>
    </>
  );
}
