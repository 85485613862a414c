import { CodeBlock } from '@repo/ui/code-block';
import type { Metadata } from 'next';
import { Code, Lead, Section, Title } from '../../../../components/site/prose.tsx';
import {
  elementSample,
  fromUrlSample,
  type Sample,
  serverSamples,
  testingSample,
} from '../../../../lib/framework-samples.ts';

export const metadata: Metadata = { title: 'Frameworks' };

const Program = ({ title, code }: Sample) => <CodeBlock label={title} language="ts" code={code} />;

export default function FrameworksPage() {
  return (
    <>
      <Title>Frameworks</Title>
      <Lead>
        One package, <Code>slipway</Code>, without dependencies. Your server says who may upload
        what; the bytes go from the browser straight to your storage.
      </Lead>
      <Section id="servers" title="Servers">
        <p>
          Each adapter takes the same routes and options as <Code>slipway/next</Code>. Anything else
          that speaks Request and Response takes <Code>createUploadHandler</Code> of{' '}
          <Code>slipway/server</Code>.
        </p>
        {serverSamples.map((sample) => (
          <Program key={sample.file} {...sample} />
        ))}
      </Section>
      <Section id="element" title="Vue, Svelte, plain HTML">
        <p>
          <Code>slipway-upload</Code> is a web component: a dropzone, or with{' '}
          <Code>variant="button"</Code> a button. It takes part in forms, brings its own styles, and
          is dressed by CSS variables and <Code>::part()</Code>. Every word can be replaced through{' '}
          <Code>labels</Code>; <Code>lang</Code> and <Code>dir</Code> are honoured.
        </p>
        <Program {...elementSample} />
      </Section>
      <Section id="from-url" title="Files from an address">
        <p>
          Slipway fetches the file itself. Rules and quotas hold as for every upload, the type is
          read from the bytes, and addresses that are not of the public internet are refused, also
          behind redirects, of which three are followed.
        </p>
        <Program {...fromUrlSample} />
      </Section>
      <Section id="testing" title="Testing your uploads">
        <p>
          <Code>slipway/testing</Code> is a Slipway in memory that speaks the same HTTP. One suite
          of tests runs against it and the product.
        </p>
        <Program {...testingSample} />
      </Section>
    </>
  );
}
