'use client';

import { Button } from '@repo/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '@repo/ui/dropdown-menu';
import { Input } from '@repo/ui/input';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { useId, useState } from 'react';
import { describeError, type LookInfo, useTRPC } from '../../lib/trpc.ts';
import type { Look } from './look.ts';

type Props = {
  organizationId: string;
  /** What would be kept. */
  look: Look;
  /** The look that is chosen, if it is one. */
  chosen: LookInfo | undefined;
  /** The studio's own that these settings began with. */
  base: LookInfo | undefined;
  onSaved: (name: string) => void;
};

type Naming = { kind: 'save' } | { kind: 'rename'; look: LookInfo & { id: string } };

/** Keeps settings as a look of the studio's own; renames, changes and deletes those. */
export function ManageLook({ organizationId, look, chosen, base, onSaved }: Props) {
  const [naming, setNaming] = useState<Naming>();
  const { update, remove, setDefault } = useLookChanges(organizationId);
  const own = chosen !== undefined && chosen.id !== null ? { ...chosen, id: chosen.id } : undefined;
  if (naming) {
    return (
      <NameForm
        {...{ organizationId, look, naming }}
        onDone={(name) => {
          setNaming(undefined);
          if (name !== undefined) onSaved(name);
        }}
      />
    );
  }
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {base?.id && chosen?.key !== base.key ? (
        <Button
          size="sm"
          busy={update.isPending}
          onClick={() => {
            const { preset, adjustments } = look;
            update.mutate({ organizationId, lookId: base.id ?? '', preset, adjustments });
          }}
        >
          Update “{base.label}”
        </Button>
      ) : null}
      <Button size="sm" onClick={() => setNaming({ kind: 'save' })}>
        Save as a look …
      </Button>
      {chosen ? (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button size="icon-sm" variant="ghost" aria-label={`More for the look ${chosen.label}`}>
              <Ellipsis />
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="start">
            <DropdownMenuItem
              disabled={chosen.isDefault}
              onSelect={() => setDefault.mutate({ organizationId, look: chosen.key })}
            >
              {chosen.isDefault ? 'Offered first' : 'Offer it first'}
            </DropdownMenuItem>
            {own ? (
              <>
                <DropdownMenuItem onSelect={() => setNaming({ kind: 'rename', look: own })}>
                  Rename …
                </DropdownMenuItem>
                <DropdownMenuItem
                  onSelect={() => remove.mutate({ organizationId, lookId: own.id })}
                >
                  Delete
                </DropdownMenuItem>
              </>
            ) : null}
          </DropdownMenuContent>
        </DropdownMenu>
      ) : null}
    </div>
  );
}

function useLookChanges(organizationId: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const options = (failed: string) => ({
    onError: (error: unknown) =>
      void toast.error(failed, { description: describeError(error).message }),
    onSettled: () =>
      queries.invalidateQueries({ queryKey: trpc.look.list.queryKey({ organizationId }) }),
  });
  return {
    create: useMutation(trpc.look.create.mutationOptions(options('The look was not saved'))),
    update: useMutation(trpc.look.update.mutationOptions(options('The look was not changed'))),
    remove: useMutation(trpc.look.delete.mutationOptions(options('The look was not deleted'))),
    setDefault: useMutation(
      trpc.look.setDefault.mutationOptions(options('The look is not offered first')),
    ),
  };
}

type FormProps = {
  organizationId: string;
  look: Look;
  naming: Naming;
  onDone: (name?: string) => void;
};

/** Lies in another form, so it is none itself. */
function NameForm({ organizationId, look, naming, onDone }: FormProps) {
  const id = useId();
  const [name, setName] = useState(naming.kind === 'rename' ? naming.look.label : '');
  const { create, update } = useLookChanges(organizationId);
  const busy = create.isPending || update.isPending;
  const save = () => {
    const done = { onSuccess: () => onDone(name.trim()) };
    if (naming.kind === 'rename') {
      update.mutate({ organizationId, lookId: naming.look.id, name }, done);
    } else {
      const { preset, adjustments } = look;
      create.mutate({ organizationId, name, preset, adjustments }, done);
    }
  };
  return (
    <div className="flex items-center gap-1.5">
      <label htmlFor={id} className="sr-only">
        Name of the look
      </label>
      <Input
        id={id}
        autoFocus
        value={name}
        maxLength={60}
        placeholder="Name of the look"
        className="h-7 min-w-0 flex-1"
        onChange={({ target }) => setName(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            onDone();
          }
          if (event.key !== 'Enter') return;
          event.preventDefault();
          if (name.trim()) save();
        }}
      />
      <Button size="sm" variant="primary" busy={busy} disabled={!name.trim()} onClick={save}>
        Save
      </Button>
      <Button size="sm" variant="ghost" onClick={() => onDone()}>
        Cancel
      </Button>
    </div>
  );
}
