'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { CopyButton } from '@repo/ui/copy-button';
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@repo/ui/dialog';
import { Field } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { Select } from '@repo/ui/select';
import { useMutation } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { describeError, useTRPC } from '../../lib/trpc.ts';
import { ROLES, type Role, rolesFor } from './role-words.ts';
import { useRefreshMembers } from './use-members.ts';

type Made = { email: string; url: string };

type Props = {
  organizationId: string;
  /** Of whoever invites. */
  role: Role;
  children: (openButton: ReactNode) => ReactNode;
};

/** Asks for an address and a role, then shows the link to send there. */
export function InviteMember({ organizationId, role, children }: Props) {
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<Made>();
  const onOpenChange = (next: boolean) => {
    setOpen(next);
    setMade(undefined);
  };
  return (
    <>
      {children(
        <Button variant="primary" onClick={() => onOpenChange(true)}>
          <UserPlus />
          Invite
        </Button>,
      )}
      <Dialog open={open} onOpenChange={onOpenChange}>
        {made ? (
          <InvitationMade made={made} />
        ) : (
          <DialogContent
            title="Invite somebody"
            description="They get a link that is good for seven days, once, for an account with their address."
          >
            <InviteForm organizationId={organizationId} role={role} onMade={setMade} />
          </DialogContent>
        )}
      </Dialog>
    </>
  );
}

function InvitationMade({ made: { email, url } }: { made: Made }) {
  return (
    <DialogContent
      title="The invitation is ready"
      description={`Send this link to ${email}: it lets in an account with that address, once, within seven days.`}
    >
      <DialogBody>
        <div className="flex items-center gap-2 rounded-md border bg-code py-1 pr-1 pl-3">
          <code className="min-w-0 flex-1 select-all truncate font-mono text-[13px]">{url}</code>
          <CopyButton value={url} label="Copy link" size="sm" variant="secondary">
            Copy
          </CopyButton>
        </div>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button variant="primary">Done</Button>
        </DialogClose>
      </DialogFooter>
    </DialogContent>
  );
}

const Wish = z.object({
  email: z.email('Expected an address such as ann@example.com.'),
  role: z.enum(['owner', 'admin', 'developer', 'viewer']),
});

type FormProps = { organizationId: string; role: Role; onMade: (made: Made) => void };

function InviteForm({ organizationId, role: mine, onMade }: FormProps) {
  const trpc = useTRPC();
  const refresh = useRefreshMembers(organizationId);
  const invite = useMutation(trpc.member.invite.mutationOptions());
  const form = useForm({
    resolver: zodResolver(Wish),
    defaultValues: { email: '', role: 'developer' as const },
  });
  const role = form.watch('role');
  const submit = form.handleSubmit(async (wish) => {
    const made = await invite.mutateAsync({ organizationId, ...wish }).catch(() => undefined);
    if (!made) return;
    void refresh();
    onMade({ email: wish.email, url: made.url });
  });
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <DialogBody>
        {invite.error ? (
          <Alert tone="danger" live>
            {describeError(invite.error).message}
          </Alert>
        ) : null}
        <Field label="Mail address" error={form.formState.errors.email?.message}>
          {(control) => (
            <Input
              {...control}
              {...form.register('email')}
              type="email"
              autoComplete="off"
              autoFocus
              placeholder="ann@example.com"
            />
          )}
        </Field>
        <Field label="Role" hint={ROLES.find((each) => each.role === role)?.may}>
          {(control) => (
            <Select {...control} {...form.register('role')}>
              {rolesFor(mine).map((each) => (
                <option key={each.role} value={each.role}>
                  {each.label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" busy={invite.isPending}>
          Create invitation
        </Button>
      </DialogFooter>
    </form>
  );
}
