import type { Metadata } from 'next';
import { Files } from '../../../../components/files/files.tsx';
import { requireSession } from '../../../../lib/session.ts';

export const metadata: Metadata = { title: 'Files' };

type Props = {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

function queryOf(params: Record<string, string | string[] | undefined>): string {
  const kept = Object.entries(params).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const query = new URLSearchParams(kept).toString();
  return query ? `?${query}` : '';
}

export default async function FilesPage({ params, searchParams }: Props) {
  const { projectId } = await params;
  await requireSession(`/projects/${encodeURIComponent(projectId)}${queryOf(await searchParams)}`);
  return <Files projectId={projectId} />;
}
