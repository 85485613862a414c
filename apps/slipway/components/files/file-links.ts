'use client';

import { copyText } from '@repo/ui/copy-button';
import { formatDateTime } from '@repo/ui/format';
import { toast } from '@repo/ui/toaster';
import { type ApiClient, describeError, type FileRow } from '../../lib/trpc.ts';

export async function copy(text: string, done: { title: string; description?: string }) {
  const { title, ...rest } = done;
  if (await copyText(text)) toast.success(title, rest);
  else toast.error('The browser did not allow copying', { description: text });
}

export async function copyUrl(client: ApiClient, row: FileRow) {
  if (row.url)
    return copy(row.url, {
      title: 'URL copied',
      description: 'It lasts as long as the file is public.',
    });
  try {
    const { url, expiresAt } = await client.file.url.query({ fileId: row.id });
    const until = formatDateTime(new Date(expiresAt));
    await copy(url, {
      title: 'Signed URL copied',
      description: `Whoever has it can read the file until ${until}.`,
    });
  } catch (error) {
    toast.error('No URL for this file', { description: describeError(error).message });
  }
}

export async function download(client: ApiClient, row: FileRow) {
  try {
    const { url } = await client.file.url.query({ fileId: row.id, download: row.name });
    const link = document.createElement('a');
    link.href = url;
    link.download = row.name;
    link.rel = 'noopener';
    link.click();
  } catch (error) {
    toast.error('The file cannot be downloaded', { description: describeError(error).message });
  }
}

const path = (row: FileRow, kind: 'content' | 'thumbnail') =>
  `/api/download/files/${encodeURIComponent(row.id)}/${kind}`;

/** Types that this server makes smaller pictures of. */
export const isPicture = (type: string) => /^image\/(png|jpeg|gif|webp|avif|tiff)$/.test(type);

/** Of a picture that is there; the digest is in it, so that a browser may keep it. */
export function thumbnailPaths(row: FileRow): { normal: string; large: string } | null {
  if (row.status !== 'ready' || !isPicture(row.type)) return null;
  const normal = `${path(row, 'thumbnail')}?v=${row.sha256?.slice(0, 16) ?? ''}`;
  return { normal, large: `${normal}&size=large` };
}

/** The bytes past the storage, for a preview: works for private files, and for buckets that answer no page. */
export async function readContent(
  row: FileRow,
  { signal, most }: { signal: AbortSignal; most?: number },
): Promise<ArrayBuffer> {
  const isPart = most !== undefined && row.size > most;
  const headers = isPart ? { range: `bytes=0-${most - 1}` } : {};
  const response = await fetch(path(row, 'content'), { signal, headers });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return response.arrayBuffer();
}
