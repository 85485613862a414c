'use client';

import { Crown, Ellipsis, LogOut, UserMinus } from 'lucide-react';
import { useRef, useState } from 'react';
import { Avatar } from '../avatar.tsx';
import { Badge } from '../badge.tsx';
import { Button } from '../button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '../dropdown-menu.tsx';
import { Select } from '../select.tsx';
import { Skeleton } from '../skeleton.tsx';
import { toast } from '../toaster.tsx';
import {
  type MemberActs,
  type MemberView,
  messageOf,
  type RoleWords,
  roleLabel,
  rolesFor,
} from './acts.ts';
import { MemberDialog, type MemberWish } from './member-dialog.tsx';

export type MemberListProps<R extends string> = {
  members: readonly MemberView<R>[];
  /** The role of whoever looks, and their id. */
  mine: R;
  userId: string | undefined;
  mayManage: boolean;
  roles: readonly RoleWords<R>[];
  acts: MemberActs<R>;
  noun: string;
  removeNote?: string;
  leftHref: string;
};

/** Who belongs to it, with what role; owners and admins change that here. */
export function MemberList<R extends string>(props: MemberListProps<R>) {
  const [wish, setWish] = useState<MemberWish<R>>();
  const { members, acts, noun, removeNote, leftHref } = props;
  return (
    <>
      <ul className="divide-y">
        {members.map((each) => (
          <MemberRow key={each.userId} {...props} member={each} onWish={setWish} />
        ))}
      </ul>
      {wish ? (
        <MemberDialog
          wish={wish}
          {...{ acts, noun, removeNote, leftHref }}
          onClose={() => setWish(undefined)}
        />
      ) : null}
    </>
  );
}

/** On a phone below the name; what else can be done stays at the end of the row. */
const rolePlace = 'max-sm:order-last max-sm:basis-full max-sm:pl-11';

/** The same while it is on its way. */
export function MemberListSkeleton() {
  return (
    <div aria-busy="true" className="divide-y">
      {['first', 'second'].map((row) => (
        <div key={row} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-5 py-3">
          <Skeleton className="size-8 rounded-full" />
          <div className="flex flex-1 flex-col gap-1.5">
            <Skeleton className="h-4 w-36" />
            <Skeleton className="h-3.5 w-48" />
          </div>
          <div className={rolePlace}>
            <Skeleton className="h-8 w-32" />
          </div>
          <span className="size-8" />
        </div>
      ))}
    </div>
  );
}

type RowProps<R extends string> = MemberListProps<R> & {
  member: MemberView<R>;
  onWish: (wish: MemberWish<R>) => void;
};

function MemberRow<R extends string>(props: RowProps<R>) {
  const { member, mine, roles, mayManage, userId } = props;
  const isMe = member.userId === userId;
  const mayChange = mayManage && (mine === 'owner' || member.role !== 'owner');
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-5 py-3">
      <Avatar name={member.name} src={member.picture} className="size-8" />
      <div className="min-w-0 flex-1 basis-40">
        <p className="flex items-center gap-2 font-medium text-sm">
          <span className="truncate">{member.name}</span>
          {isMe ? <Badge>You</Badge> : null}
        </p>
        <p className="truncate text-muted-foreground text-xs">{member.email}</p>
      </div>
      <div className={rolePlace}>
        {mayChange ? (
          <RoleSelect {...props} />
        ) : (
          <span
            className="text-muted-foreground text-sm"
            title={roles.find(({ role }) => role === member.role)?.may}
          >
            {roleLabel(roles, member.role)}
          </span>
        )}
      </div>
      <Actions {...props} isMe={isMe} mayRemove={mayChange} />
    </li>
  );
}

function RoleSelect<R extends string>({ member, mine, roles, acts }: RowProps<R>) {
  const [asked, setAsked] = useState<R>();
  const change = async (role: R) => {
    setAsked(role);
    try {
      await acts.changeRole(member.userId, role);
      toast.success(`${member.name} is ${roleLabel(roles, role)} now`);
    } catch (error) {
      toast.error('The role was not changed', { description: messageOf(error) });
    }
    setAsked(undefined);
  };
  return (
    <Select
      className="w-32"
      aria-label={`Role of ${member.name}`}
      value={asked ?? member.role}
      disabled={asked !== undefined}
      onChange={(event) => {
        const chosen = roles.find(({ role }) => role === event.target.value);
        if (chosen) void change(chosen.role);
      }}
    >
      {rolesFor(roles, mine).map(({ role, label }) => (
        <option key={role} value={role}>
          {label}
        </option>
      ))}
    </Select>
  );
}

type ActionsProps<R extends string> = RowProps<R> & { isMe: boolean; mayRemove: boolean };

function Actions<R extends string>(props: ActionsProps<R>) {
  const { member, mine, isMe, mayRemove, noun, onWish } = props;
  const button = useRef<HTMLButtonElement>(null);
  const wish = (what: MemberWish<R>['what']) => () =>
    onWish({ what, member, button: button.current });
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
        {mine === 'owner' && !isMe ? (
          <DropdownMenuItem onSelect={wish('transfer')}>
            <Crown />
            Make owner instead of you
          </DropdownMenuItem>
        ) : null}
        {isMe ? (
          <DropdownMenuItem tone="danger" onSelect={wish('leave')}>
            <LogOut />
            Leave {noun}
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
