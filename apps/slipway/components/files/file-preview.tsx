// biome-ignore-all lint/a11y/useMediaCaption: of somebody's upload there are no captions
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
'use client';

import { Button } from '@repo/ui/button';
import { FileIcon } from '@repo/ui/file-icon';
import { formatBytes } from '@repo/ui/format';
import { Skeleton } from '@repo/ui/skeleton';
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { describeError, type FileRow, useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { download, isPicture, readContent } from './file-links.ts';
import { decodeText, isPdf, previewKind } from './preview-kind.ts';

const TEXT_MOST = 1024 * 1024;
const LARGE_PICTURE = 2 * 1024 * 1024;
const PDF_MOST = 50 * 1024 * 1024;

/** What is in the file, as far as a browser shows it without running anything of it. */
export function FilePreview({ file, tall }: { file: FileRow; tall?: boolean }) {
  const trpc = useTRPC();
  const kind = previewKind(file.type);
  const shown = file.status === 'ready' && kind !== 'none';
  const link = useQuery(
    trpc.file.url.queryOptions(
      { fileId: file.id, ...(isLargePicture(file) && { transform: 'large' }) },
      {
        enabled: shown && kind !== 'pdf' && kind !== 'text',
        staleTime: 30 * 60_000,
        refetchOnWindowFocus: false,
      },
    ),
  );
  if (!shown) return <Nothing file={file} />;
  if (link.isError) return <Nothing file={file} why={describeError(link.error).message} />;
  return (
    <div
      className={`flex items-center justify-center overflow-hidden rounded-md border bg-canvas ${kind === 'audio' ? 'h-28' : tall ? 'h-[min(70dvh,48rem)]' : 'h-64'}`}
    >
      {kind === 'pdf' ? (
        <Pdf key={file.id} file={file} />
      ) : kind === 'text' ? (
        <Text key={file.id} file={file} />
      ) : link.data ? (
        <Content key={file.id} file={file} kind={kind} url={link.data.url} />
      ) : (
        <Skeleton className="size-full rounded-none" />
      )}
    </div>
  );
}

/** Larger than a screen can show, or what no browser shows: made smaller by the server. */
const isLargePicture = ({ type, size }: FileRow) =>
  type === 'image/tiff' || (isPicture(type) && type !== 'image/gif' && size > LARGE_PICTURE);

type ContentProps = { file: FileRow; kind: ReturnType<typeof previewKind>; url: string };

function Content({ file, kind, url }: ContentProps) {
  const [failed, setFailed] = useState(false);
  const onError = () => setFailed(true);
  if (failed) return <Nothing file={file} why="The browser cannot show these bytes." bare />;
  switch (kind) {
    case 'image':
      return (
        // biome-ignore lint/performance/noImgElement: the bytes come from the storage, any host, unchanged
        <img
          src={url}
          alt={file.name}
          onError={onError}
          className="max-h-full max-w-full object-contain"
        />
      );
    case 'video':
      return (
        <video src={url} controls onError={onError} className="size-full" aria-label={file.name} />
      );
    case 'audio':
      return (
        <audio
          src={url}
          controls
          onError={onError}
          className="w-full px-4"
          aria-label={file.name}
        />
      );
    default:
      return null;
  }
}

/** The first bytes of it: a log of gigabytes is not read to show its beginning. */
function Text({ file }: { file: FileRow }) {
  const isWhole = file.size <= TEXT_MOST;
  const text = useQuery({
    queryKey: ['file-text', file.id, file.sha256],
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: async ({ signal }) =>
      decodeText(await readContent(file, { signal, most: TEXT_MOST }), isWhole),
  });
  if (text.isError) return <Nothing file={file} why="The text could not be read." bare />;
  if (text.data === undefined) return <Skeleton className="size-full rounded-none" />;
  return (
    <section
      aria-label={`Text of ${file.name}`}
      tabIndex={0}
      className="size-full overflow-auto bg-code p-3"
    >
      <pre className="font-mono text-xs">{text.data}</pre>
      {isWhole ? null : (
        <p className="mt-3 text-muted-foreground text-xs">
          The first {formatBytes(TEXT_MOST)} of {formatBytes(file.size)}.
        </p>
      )}
    </section>
  );
}

/**
 * In the browser's own reader, which runs nothing of the document in the page. A frame's sandbox would
 * take that reader away; instead the bytes are looked at, and then named a PDF, so that they are read as nothing else.
 */
function Pdf({ file }: { file: FileRow }) {
  const isShown = file.size <= PDF_MOST && navigator.pdfViewerEnabled;
  const document = useQuery({
    queryKey: ['file-pdf', file.id, file.sha256],
    enabled: isShown,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
    queryFn: async ({ signal }) => {
      const bytes = await readContent(file, { signal });
      if (!isPdf(bytes)) throw new Error('no PDF');
      return new Blob([bytes], { type: 'application/pdf' });
    },
  });
  const address = useObjectUrl(document.data);
  if (!isShown || document.isError)
    return <Nothing file={file} why="This PDF is not shown here." bare />;
  if (address === undefined) return <Skeleton className="size-full rounded-none" />;
  return (
    <iframe
      src={`${address}#navpanes=0`}
      title={file.name}
      referrerPolicy="no-referrer"
      className="size-full"
    />
  );
}

function useObjectUrl(blob: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (blob === undefined) return;
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return address;
}

type NothingProps = { file: FileRow; why?: ReactNode; bare?: boolean };

function Nothing({ file, why, bare }: NothingProps) {
  const client = useTRPCClient();
  const ready = file.status === 'ready';
  return (
    <div
      className={`flex flex-col items-center justify-center gap-3 px-4 py-8 text-center text-muted-foreground text-sm ${bare ? 'size-full' : 'rounded-md border bg-canvas'}`}
    >
      <FileIcon type={file.type} className="size-8" />
      <p>
        {why ?? (ready ? 'There is no preview of this type.' : 'Only ready files have a preview.')}
      </p>
      {ready ? (
        <Button size="sm" onClick={() => void download(client, file)}>
          <Download />
          Download
        </Button>
      ) : null}
    </div>
  );
}
