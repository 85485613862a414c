import { CodeBlock } from '@repo/ui/code-block';
import type { Metadata } from 'next';
import { connection } from 'next/server';
import { Code, Lead, Section, Title } from '../../../../components/site/prose.tsx';
import { publicUrl } from '../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Pictures' };

const parameters = [
  ['w, h', 'Pixels, up to 4096. With one of them the other follows; nothing is enlarged.'],
  [
    'fit',
    'inside (default): all of it, within the box. cover: fills the box, cut. contain: all of it, with room around.',
  ],
  [
    'format',
    'auto (default): AVIF or WebP where the browser shows it, else JPEG or PNG. Or jpeg, png, webp, avif.',
  ],
  ['q', 'Quality from 1 to 100. Without it, what is good for the format.'],
  ['dpr', 'From 1 to 4: multiplies w and h for finer screens.'],
  ['preset', 'thumbnail (320 px, WebP), preview (1280 px), large (2560 px).'],
] as const;

export default async function PicturesPage() {
  await connection();
  const url = publicUrl();
  return (
    <>
      <Title>Pictures</Title>
      <Lead>
        JPEG, PNG, WebP, GIF, AVIF and TIFF files come in other sizes and formats by their URL:
        upright, in sRGB, and without metadata such as the place where they were taken.
      </Lead>
      <Section id="public" title="Public files">
        <p>Add the parameters to the file’s lasting address.</p>
        <CodeBlock
          code={`<img src="${url}/f/prj_…/….jpg?w=640&h=480&fit=cover" width="640" height="480" />`}
        />
        <p>
          Without a signature sizes come in steps: the longer side goes up to 16, 32, 48, 64, 96,
          128, 192, 256, 320, 384, 480, 640, 768, 960, 1280, 1600, 1920, 2560, 3200 or 4096, and{' '}
          <Code>q</Code> to the nearest ten from 30 to 90. Of each file the 64 newest are kept;
          older ones are made again when somebody asks.
        </p>
      </Section>
      <Section id="private" title="Any size, and private files">
        <p>
          Ask for a signed URL with <Code>transform</Code>: a preset, or parameters with commas
          between them. It gives exactly this size, and nothing else.
        </p>
        <CodeBlock
          language="bash"
          code={`curl -s "${url}/api/files/file_…/url?transform=w=333,h=111,fit=cover" \\\n  -H "Authorization: Bearer $SLIPWAY_API_KEY"`}
        />
      </Section>
      <Section id="parameters" title="Parameters">
        <dl className="divide-y rounded-lg border">
          {parameters.map(([name, text]) => (
            <div key={name} className="flex flex-col gap-x-4 gap-y-1 px-4 py-2.5 sm:flex-row">
              <dt className="w-20 shrink-0">
                <Code>{name}</Code>
              </dt>
              <dd className="text-muted-foreground">{text}</dd>
            </div>
          ))}
        </dl>
        <p>
          Of animations and files of many pages the first picture is taken. A thumbnail is made as
          soon as a picture is ready, so that <Code>preset=thumbnail</Code> is there at once.
        </p>
      </Section>
      <Section id="caching" title="Caching">
        <p>
          Public files and their pictures may be kept for five minutes; then an <Code>ETag</Code>{' '}
          makes asking again cheap, and what was deleted is gone. If your visitors’ browsers may
          keep them, add the first 16 digits of the file’s <Code>sha256</Code>: with{' '}
          <Code>?v=…</Code> they do, for a year and without asking, while shared caches still ask
          after five minutes.
        </p>
      </Section>
    </>
  );
}
