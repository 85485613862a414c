'use client';

import { Button } from '@repo/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@repo/ui/dropdown-menu';
import { Ban, Ellipsis, Pencil, RefreshCw } from 'lucide-react';
import { useRef } from 'react';
import type { ApiKey } from '../../lib/trpc.ts';

export type KeyWish = {
  what: 'rename' | 'roll' | 'revoke';
  apiKey: ApiKey;
  /** Has the focus back when the question is answered. */
  button: HTMLElement | null;
};

/** What a dialog about one key is given. */
export type KeyDialogProps = {
  projectId: string;
  apiKey: ApiKey;
  returnFocus: HTMLElement | null;
  onClose: () => void;
};

type Props = { apiKey: ApiKey; onWish: (wish: KeyWish) => void };

export function KeyActions({ apiKey, onWish }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const wish = (what: KeyWish['what']) => () => onWish({ what, apiKey, button: button.current });
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          ref={button}
          variant="ghost"
          size="icon"
          aria-label={`Actions for ${apiKey.name}, ending in ${apiKey.last4}`}
          className="text-muted-foreground"
        >
          <Ellipsis />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem onSelect={wish('rename')}>
          <Pencil />
          Rename
        </DropdownMenuItem>
        <DropdownMenuItem
          disabled={apiKey.rolledTo !== null || apiKey.isOver}
          onSelect={wish('roll')}
        >
          <RefreshCw />
          Roll
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem tone="danger" onSelect={wish('revoke')}>
          <Ban />
          Revoke
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
