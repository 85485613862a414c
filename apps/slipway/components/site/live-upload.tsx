'use client';

import { Button } from '@repo/ui/button';
import { cn } from '@repo/ui/cn';
import { formatBytes } from '@repo/ui/format';
import { Progress } from '@repo/ui/progress';
import { StatusChip } from '@repo/ui/status-chip';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { type UploadItem, uploadFiles } from 'slipway/client';
import { demoTransport } from '../../lib/uploads/demo-transport.ts';

const ACCEPT = 'image/png,image/jpeg,image/webp,image/gif,application/pdf,text/plain';

/** A file whose name and type say picture, and whose bytes do not. */
const fakePicture = () => new File(['no picture'], 'fake.png', { type: 'image/png' });

/** The product at work, with the SDK that apps use: a visitor's file on its way to `ready`, or not. */
export function LiveUpload() {
  const [item, setItem] = useState<UploadItem<null>>();
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const active = item !== undefined && !['done', 'error'].includes(item.state);

  async function send(file: File | undefined) {
    if (file === undefined || active) return;
    const show = (items: readonly UploadItem<null>[]) => setItem(items[0]);
    show(
      await uploadFiles([file], {
        transport: demoTransport,
        resumable: false,
        onProgress: ({ items }) => show(items),
      }),
    );
  }

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    void send(event.dataTransfer.files[0]);
  }

  return (
    <section
      aria-label="Try it"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={cn(
        'rounded-xl border bg-card p-5 shadow-xs',
        over && 'border-primary bg-primary-soft',
      )}
    >
      <div className="flex flex-wrap items-center gap-2">
        <Button variant="primary" disabled={active} onClick={() => picker.current?.click()}>
          Upload a file
        </Button>
        <Button disabled={active} onClick={() => void send(fakePicture())}>
          Try to cheat
        </Button>
        <input
          ref={picker}
          type="file"
          accept={ACCEPT}
          aria-label="A file to try"
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => {
            void send(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </div>
      <div className="mt-4 min-h-44 rounded-lg border bg-background p-4" aria-live="polite">
        {item === undefined ? <Invitation /> : <Fate item={item} />}
      </div>
      <p className="mt-3 text-muted-foreground text-xs leading-5">
        A real upload to this server: up to 5 MB, pictures, PDF or text. Nobody can open it, and it
        is deleted after 24 hours.
      </p>
    </section>
  );
}

function Invitation() {
  return (
    <p className="text-muted-foreground leading-6">
      Drop a picture, a PDF or a text here, and see what the server finds out about it. “Try to
      cheat” sends ten letters under the name{' '}
      <code className="font-mono text-[13px]">fake.png</code>.
    </p>
  );
}

function Fate({ item }: { item: UploadItem<null> }) {
  const { file, state, error, result, progress } = item;
  const status = state === 'done' ? 'ready' : state === 'completing' ? 'verifying' : 'pending';
  return (
    <>
      <div className="flex items-center justify-between gap-3">
        <span className="min-w-0 truncate font-medium">{file.name}</span>
        <StatusChip status={state === 'error' ? 'rejected' : status} />
      </div>
      {error === null && result === null ? (
        <Progress value={progress * 100} label={`Sending ${file.name}`} className="mt-4" />
      ) : null}
      {error === null ? null : (
        <p className="mt-3 leading-6">
          {error.message}{' '}
          <a
            href={`/docs/errors/${error.code}`}
            className="font-mono text-[13px] text-link underline underline-offset-4"
          >
            {error.code}
          </a>
        </p>
      )}
      {result === null ? null : (
        <dl className="mt-3 grid grid-cols-[5.5rem_minmax(0,1fr)] gap-y-1.5 text-sm">
          <Fact name="Size">{`${formatBytes(result.size)}, measured`}</Fact>
          <Fact name="Type">{`${result.type}, as its bytes say`}</Fact>
          <Fact name="SHA-256">
            <code className="font-mono text-xs [overflow-wrap:anywhere]">
              {result.sha256 ?? '–'}
            </code>
          </Fact>
          <Fact name="Scan">
            <code className="font-mono text-xs">{result.scan}</code>
          </Fact>
        </dl>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
