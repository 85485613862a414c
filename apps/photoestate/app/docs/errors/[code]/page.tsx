import { ErrorCodePage, type ErrorEntry } from '@repo/ui/docs/error-codes';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { adviceFor, errorCodes } from '../../../../lib/error-codes.ts';

type Props = { params: Promise<{ code: string }> };

export const dynamicParams = false;

export function generateStaticParams(): { code: string }[] {
  return errorCodes.map(({ code }) => ({ code }));
}

async function entryOf({ params }: Props): Promise<ErrorEntry> {
  const { code } = await params;
  return errorCodes.find((entry) => entry.code === code) ?? notFound();
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { code, meaning } = await entryOf(props);
  return { title: code, description: meaning };
}

/** Where the `docs` of every error leads. */
export default async function ErrorPage(props: Props) {
  const entry = await entryOf(props);
  return (
    <ErrorCodePage
      entry={entry}
      entries={errorCodes}
      host="https://photos.example.com"
      advice={adviceFor(entry.status)}
      Link={Link}
    />
  );
}
