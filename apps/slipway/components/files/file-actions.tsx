'use client';

import { Button } from '@repo/ui/button';
import { copyText } from '@repo/ui/copy-button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@repo/ui/dropdown-menu';
import { formatDateTime } from '@repo/ui/format';
import { toast } from '@repo/ui/toaster';
import { Copy, Download, Ellipsis, Info, Link2, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { type ApiClient, describeError, type FileRow, useTRPCClient } from '../../lib/trpc.ts';

async function copy(text: string, done: { title: string; description?: string }) {
  const { title, ...rest } = done;
  if (await copyText(text)) toast.success(title, rest);
  else toast.error('The browser did not allow copying', { description: text });
}

async function copyUrl(client: ApiClient, row: FileRow) {
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

async function download(client: ApiClient, row: FileRow) {
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

type FileActionsProps = {
  row: FileRow;
  onShow: () => void;
  /** Given the button that has the focus back when the question is answered. */
  onDelete: (button: HTMLElement | null) => void;
};

export function FileActions({ row, onShow, onDelete }: FileActionsProps) {
  const button = useRef<HTMLButtonElement>(null);
  const client = useTRPCClient();
  const ready = row.status === 'ready';
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          ref={button}
          variant="ghost"
          size="icon"
          aria-label={`Actions for ${row.name}`}
          className="text-muted-foreground"
        >
          <Ellipsis />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={onShow}>
          <Info />
          Details and history
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => void copy(row.id, { title: 'File id copied' })}>
          <Copy />
          Copy id
        </DropdownMenuItem>
        <DropdownMenuItem disabled={!ready} onSelect={() => void copyUrl(client, row)}>
          <Link2 />
          {row.url ? 'Copy URL' : 'Copy signed URL'}
        </DropdownMenuItem>
        <DropdownMenuItem disabled={!ready} onSelect={() => void download(client, row)}>
          <Download />
          Download
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem
          tone="danger"
          disabled={row.status === 'deleted'}
          onSelect={() => onDelete(button.current)}
        >
          <Trash2 />
          Delete
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
