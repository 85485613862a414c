'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { UserPlus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Alert } from '../alert.tsx';
import { Button } from '../button.tsx';
import { CopyButton } from '../copy-button.tsx';
import {
  Dialog,
  DialogBody,
  DialogClose,
  DialogContent,
  DialogFooter,
  DialogSubmit,
} from '../dialog.tsx';
import { Field } from '../field.tsx';
import { Input } from '../input.tsx';
import { Select } from '../select.tsx';
import { type MemberActs, type RoleWords, rolesFor } from './acts.ts';
import { useAct } from './use-act.ts';

type Made = { email: string; url: string };

type Props<R extends string> = {
  /** Of whoever invites. */
  mine: R;
  /** The role that most are invited as. */
  usual: R;
  roles: readonly RoleWords<R>[];
  acts: MemberActs<R>;
  children: (openButton: ReactNode) => ReactNode;
};

/** Asks for an address and a role, then shows the link to send there. */
export function InviteMember<R extends string>({ children, ...form }: Props<R>) {
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
            <InviteForm {...form} onMade={setMade} />
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
  role: z.string(),
});

type FormProps<R extends string> = Omit<Props<R>, 'children'> & { onMade: (made: Made) => void };

function InviteForm<R extends string>({ mine, usual, roles, acts, onMade }: FormProps<R>) {
  const { busy, problem, run } = useAct();
  const form = useForm({
    resolver: zodResolver(Wish),
    defaultValues: { email: '', role: usual as string },
  });
  const wanted = form.watch('role');
  const chosen = roles.find(({ role }) => role === wanted);
  const submit = form.handleSubmit(async ({ email, role }) => {
    const wish = { email, role: roles.find((each) => each.role === role)?.role ?? usual };
    const made = await run(() => acts.invite(wish));
    if (made) onMade({ email, url: made.done.url });
  });
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <DialogBody>
        {problem ? (
          <Alert tone="danger" live>
            {problem}
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
        <Field label="Role" hint={chosen?.may}>
          {(control) => (
            <Select {...control} {...form.register('role')}>
              {rolesFor(roles, mine).map((each) => (
                <option key={each.role} value={each.role}>
                  {each.label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </DialogBody>
      <DialogSubmit busy={busy}>Create invitation</DialogSubmit>
    </form>
  );
}
