import { CopyButton } from '@repo/ui/copy-button';
import { Lead, Title } from '@repo/ui/docs/prose';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { Markdown } from '../../../../components/docs/markdown.tsx';
import { PageTurner } from '../../../../components/docs/page-turner.tsx';
import { pageText } from '../../../../lib/docs/llms.ts';
import { DOCS_SLUGS } from '../../../../lib/docs/nav.ts';
import { withAddress } from '../../../../lib/docs/parse.ts';
import { readDocs } from '../../../../lib/docs/read.ts';
import { publicUrl } from '../../../../lib/session.ts';

type Props = { params: Promise<{ slug?: string[] }> };

async function slugOf({ params }: Props): Promise<string> {
  const slug = ((await params).slug ?? []).join('/');
  return DOCS_SLUGS.includes(slug) ? slug : notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { title, description } = readDocs(await slugOf(props));
  return { title, description };
}

export default async function DocsPage(props: Props) {
  // The samples show this server's own address, which is known only when it runs.
  await connection();
  const slug = await slugOf(props);
  const { title, description, tokens } = readDocs(slug);
  const url = publicUrl();
  return (
    <>
      <Title>{title}</Title>
      <Lead>{description}</Lead>
      <CopyButton
        value={withAddress(pageText(slug), url)}
        label="Copy page as Markdown"
        className="mt-3 -ml-2 text-muted-foreground"
      >
        Copy page
      </CopyButton>
      <Markdown tokens={tokens} url={url} />
      <PageTurner href={slug === '' ? '/docs' : `/docs/${slug}`} />
    </>
  );
}
