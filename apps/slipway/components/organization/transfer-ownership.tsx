'use client';

import { Button } from '@repo/ui/button';
import { Card, CardBody, CardHeader } from '@repo/ui/card';
import { Field } from '@repo/ui/field';
import { Select } from '@repo/ui/select';
import Link from 'next/link';
import { useRef, useState } from 'react';
import type { Members } from '../../lib/trpc.ts';
import { useOrganization } from '../dashboard/use-organization.ts';
import { MemberQuestion } from '../members/member-question.tsx';
import { roleLabel } from '../members/role-words.ts';

type Props = { organizationId: string; found: Members };

/** Hands the organization to another member; who does it stays as an admin. */
export function TransferOwnership({ organizationId, found }: Props) {
  const { session } = useOrganization();
  const button = useRef<HTMLButtonElement>(null);
  const [heirId, setHeirId] = useState('');
  const [asking, setAsking] = useState(false);
  const others = found.members.filter(({ userId }) => userId !== session.data?.user.id);
  const heir = others.find(({ userId }) => userId === heirId);
  const membersHref = `/organizations/${encodeURIComponent(organizationId)}/members`;
  return (
    <Card aria-labelledby="transfer-title">
      <CardHeader
        titleId="transfer-title"
        title="Transfer ownership"
        description="Another member becomes owner, and you stay as an admin. Only they can give it back."
      />
      <CardBody>
        {others.length === 0 ? (
          <p className="text-muted-foreground text-sm">
            Nobody else is a member yet.{' '}
            <Link
              href={membersHref}
              className="rounded-sm text-foreground underline underline-offset-4"
            >
              Invite somebody
            </Link>{' '}
            first.
          </p>
        ) : (
          <div className="flex flex-wrap items-end gap-3">
            <Field label="New owner" className="min-w-0 max-w-sm flex-1 basis-60">
              {(control) => (
                <Select
                  {...control}
                  value={heirId}
                  onChange={(event) => setHeirId(event.target.value)}
                >
                  <option value="">Choose a member</option>
                  {others.map(({ userId, name, email, role }) => (
                    <option key={userId} value={userId}>
                      {name} · {email} · {roleLabel(role)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Button ref={button} disabled={heir === undefined} onClick={() => setAsking(true)}>
              Transfer ownership
            </Button>
          </div>
        )}
      </CardBody>
      {asking && heir ? (
        <MemberQuestion
          organizationId={organizationId}
          wish={{ what: 'transfer', member: heir, button: button.current }}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </Card>
  );
}
