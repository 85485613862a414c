'use client';

import { ConfirmDialog } from '@repo/ui/confirm-dialog';
import { Dialog, DialogBody, DialogContent, DialogSubmit } from '@repo/ui/dialog';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { FileRow } from '../../lib/trpc.ts';
import type { FileChanges } from './use-file-changes.ts';

export type Question = {
  ask: 'rename' | 'tag' | 'move' | 'delete' | 'purge';
  rows: readonly FileRow[];
};

type DialogProps = Question & { changes: FileChanges; onClose: () => void };

/** What has to be asked before files are changed. */
export function ChangeDialog(props: DialogProps) {
  switch (props.ask) {
    case 'rename':
      return <RenameDialog {...props} />;
    case 'tag':
      return <TagDialog {...props} />;
    case 'move':
      return <MoveDialog {...props} />;
    case 'delete':
    case 'purge':
      return <DeleteDialog {...props} />;
  }
}

const many = (rows: readonly FileRow[]) => (rows.length === 1 ? 'file' : `${rows.length} files`);

type FrameProps = {
  title: string;
  description?: ReactNode;
  confirm: string;
  disabled?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
};

function Frame({
  title,
  description,
  confirm,
  disabled,
  onConfirm,
  onClose,
  children,
}: FrameProps) {
  function submit(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    if (disabled) return;
    onConfirm();
    onClose();
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={title} description={description}>
        <form onSubmit={submit}>
          <DialogBody>{children}</DialogBody>
          <DialogSubmit disabled={disabled}>{confirm}</DialogSubmit>
        </form>
      </DialogContent>
    </Dialog>
  );
}

function RenameDialog({ rows: [row], changes, onClose }: DialogProps) {
  const [name, setName] = useState(row?.name ?? '');
  if (!row) return null;
  const wanted = name.trim();
  return (
    <Frame
      title="Rename file"
      description="Its address and its bytes stay what they are."
      confirm="Rename"
      disabled={wanted === '' || wanted === row.name}
      onConfirm={() => void changes.rename(row, wanted)}
      onClose={onClose}
    >
      <Field label="Name">
        {(control) => (
          <Input
            {...control}
            value={name}
            maxLength={512}
            onChange={(event) => setName(event.target.value)}
            onFocus={(event) => {
              const end = row.name.lastIndexOf('.');
              event.target.setSelectionRange(0, end > 0 ? end : row.name.length);
            }}
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
    </Frame>
  );
}

const listOf = (text: string) =>
  text
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean);

function TagDialog({ rows, changes, onClose }: DialogProps) {
  const [added, setAdded] = useState('');
  const [removed, setRemoved] = useState<readonly string[]>([]);
  const present = [...new Set(rows.flatMap((row) => row.tags))].sort();
  const change = { add: listOf(added), remove: [...removed] };
  return (
    <Frame
      title={`Tag ${many(rows)}`}
      confirm="Save tags"
      disabled={change.add.length + change.remove.length === 0}
      onConfirm={() => void changes.tag(rows, change)}
      onClose={onClose}
    >
      <Field label="Add tags" hint="Several with commas between them.">
        {(control) => (
          <Input
            {...control}
            value={added}
            onChange={(event) => setAdded(event.target.value)}
            placeholder="invoice, 2026"
            autoComplete="off"
          />
        )}
      </Field>
      {present.length > 0 ? (
        <fieldset>
          <legend className="mb-1.5 font-medium text-sm">Remove tags</legend>
          <div className="flex flex-wrap gap-x-4 gap-y-1">
            {present.map((tag) => (
              <label key={tag} className="flex min-h-6 items-center gap-2 text-sm">
                <input
                  type="checkbox"
                  className="size-4 accent-(--primary)"
                  checked={removed.includes(tag)}
                  onChange={(event) =>
                    setRemoved(
                      event.target.checked
                        ? [...removed, tag]
                        : removed.filter((each) => each !== tag),
                    )
                  }
                />
                {tag}
              </label>
            ))}
          </div>
        </fieldset>
      ) : null}
    </Frame>
  );
}

function MoveDialog({ rows, changes, onClose }: DialogProps) {
  const folders = new Set(rows.map((row) => row.folder));
  const [folder, setFolder] = useState(folders.size === 1 ? (rows[0]?.folder ?? '') : '');
  return (
    <Frame
      title={`Move ${many(rows)}`}
      description="Folders are for finding files; addresses do not change."
      confirm="Move"
      onConfirm={() => void changes.move(rows, folder.trim().replace(/^\/+|\/+$/g, ''))}
      onClose={onClose}
    >
      <Field label="Folder" hint="Such as invoices/2026; empty for none.">
        {(control) => (
          <Input
            {...control}
            value={folder}
            onChange={(event) => setFolder(event.target.value)}
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
    </Frame>
  );
}

/** Only for what cannot be taken back; the rest goes to the trash without a question. */
function DeleteDialog({ ask, rows, changes, onClose }: DialogProps) {
  const purge = ask === 'purge';
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={purge ? `Delete ${many(rows)} for good?` : `Delete ${many(rows)}?`}
      description={
        <>
          {rows.length === 1 ? (
            <strong className="font-medium text-foreground">{rows[0]?.name}</strong>
          ) : (
            'Some of these files'
          )}{' '}
          cannot be restored: the bytes are erased.
        </>
      }
      confirmLabel={rows.length === 1 ? 'Delete file' : 'Delete files'}
      onConfirm={() => {
        void (purge ? changes.purge(rows) : changes.remove(rows, false));
        onClose();
      }}
    />
  );
}
