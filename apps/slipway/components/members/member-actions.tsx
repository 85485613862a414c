'use client';

import { Button } from '@repo/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '@repo/ui/dropdown-menu';
import { Crown, Ellipsis, LogOut, UserMinus } from 'lucide-react';
import { useRef } from 'react';
import type { Members } from '../../lib/trpc.ts';

type Member = Members['members'][number];

export type MemberWish = {
  what: 'remove' | 'leave' | 'transfer';
  member: Member;
  /** Has the focus back when the question is answered. */
  button: HTMLElement | null;
};

type Props = {
  member: Member;
  isMe: boolean;
  mayRemove: boolean;
  mayTransfer: boolean;
  onWish: (wish: MemberWish) => void;
};

export function MemberActions({ member, isMe, mayRemove, mayTransfer, onWish }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const wish = (what: MemberWish['what']) => () => onWish({ what, member, button: button.current });
  // Of the same width, so that the roles stand below one another.
  if (!(isMe || mayRemove)) return <span aria-hidden="true" className="size-8" />;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          ref={button}
          variant="ghost"
          size="icon"
          aria-label={`Actions for ${member.name}`}
          className="text-muted-foreground"
        >
          <Ellipsis />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {mayTransfer && !isMe ? (
          <DropdownMenuItem onSelect={wish('transfer')}>
            <Crown />
            Make owner instead of you
          </DropdownMenuItem>
        ) : null}
        {isMe ? (
          <DropdownMenuItem tone="danger" onSelect={wish('leave')}>
            <LogOut />
            Leave organization
          </DropdownMenuItem>
        ) : (
          <DropdownMenuItem tone="danger" onSelect={wish('remove')}>
            <UserMinus />
            Remove
          </DropdownMenuItem>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
