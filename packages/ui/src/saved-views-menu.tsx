'use client';

import { Bookmark, Check, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button.tsx';
import { Dialog, DialogBody, DialogContent, DialogSubmit } from './dialog.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from './dropdown-menu.tsx';
import { Field } from './field.tsx';
import { Input } from './input.tsx';

type View = { id: string; name: string; query: string };

export type SavedViewsMenuProps = {
  /** Views that everybody has: "All files" is ''. */
  fixed: readonly { name: string; query: string }[];
  views: readonly View[];
  /** What the address asks for now. */
  query: string;
  /** Parts of the address that are no part of a view. */
  apart?: readonly string[];
  onShow: (query: string) => void;
  onDelete: (view: View) => void;
  /** Resolves when it is kept; what it throws has been told by `problem`. */
  onSave: (name: string, query: string) => Promise<unknown>;
  saving: boolean;
  problem: string | undefined;
  /** What a view is made of, in words. */
  hint: string;
};

/** The address without what is open in it, in one order, so that two of the same are equal. */
function normal(query: string, apart: readonly string[]): string {
  const params = new URLSearchParams(query);
  for (const name of apart) params.delete(name);
  params.sort();
  return params.toString();
}

/** Searches and filters under a name: a person's own. */
export function SavedViewsMenu({
  fixed,
  views,
  query,
  apart = [],
  onShow,
  onDelete,
  ...saving
}: SavedViewsMenuProps) {
  const [naming, setNaming] = useState(false);
  const current = normal(query, apart);
  const shown = views.find((view) => normal(view.query, apart) === current);
  const isShown = (view: { query: string }) => normal(view.query, apart) === current;
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button className="max-w-48 max-sm:w-8 max-sm:px-0">
            <Bookmark />
            <span className="truncate max-sm:sr-only">{shown?.name ?? 'Views'}</span>
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start" className="max-w-72">
          {fixed.map((view) => (
            <ViewItem key={view.query} view={view} checked={isShown(view)} onShow={onShow} />
          ))}
          <DropdownMenuSeparator />
          <DropdownMenuLabel>Saved views</DropdownMenuLabel>
          {views.map((view) => (
            <ViewItem key={view.id} view={view} checked={view.id === shown?.id} onShow={onShow} />
          ))}
          <DropdownMenuItem onSelect={() => setNaming(true)}>
            <Plus />
            Save this view
          </DropdownMenuItem>
          {shown ? (
            <DropdownMenuItem tone="danger" onSelect={() => onDelete(shown)}>
              <Trash2 />
              <span className="truncate">Delete “{shown.name}”</span>
            </DropdownMenuItem>
          ) : null}
        </DropdownMenuContent>
      </DropdownMenu>
      {naming ? <NameView {...saving} query={current} onClose={() => setNaming(false)} /> : null}
    </>
  );
}

type ItemProps = {
  view: { name: string; query: string };
  checked: boolean;
  onShow: (query: string) => void;
};

function ViewItem({ view, checked, onShow }: ItemProps) {
  return (
    <DropdownMenuItem onSelect={() => onShow(view.query)}>
      <span className="flex-1 truncate">{view.name}</span>
      {checked ? <Check /> : null}
    </DropdownMenuItem>
  );
}

type NameProps = Pick<SavedViewsMenuProps, 'onSave' | 'saving' | 'problem' | 'hint'> & {
  query: string;
  onClose: () => void;
};

function NameView({ query, onSave, saving, problem, hint, onClose }: NameProps) {
  const [name, setName] = useState('');
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Save this view"
        description={`${hint} Only you see it; a view of the same name is replaced.`}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!name.trim()) return;
            onSave(name, query).then(onClose, () => undefined);
          }}
        >
          <DialogBody>
            <Field label="Name" error={problem}>
              {(control) => (
                <Input
                  {...control}
                  value={name}
                  maxLength={60}
                  onChange={(event) => setName(event.target.value)}
                  autoComplete="off"
                />
              )}
            </Field>
          </DialogBody>
          <DialogSubmit busy={saving} disabled={name.trim() === ''}>
            Save view
          </DialogSubmit>
        </form>
      </DialogContent>
    </Dialog>
  );
}
