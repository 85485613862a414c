'use client';

import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Field } from '@repo/ui/field';
import { ScopeChoice } from '@repo/ui/scope-choice';
import { Select } from '@repo/ui/select';
import { RelativeTime } from '@repo/ui/time';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { type ApiKey, type DeviceLoginDetails, describeError, useTRPC } from '../../lib/trpc.ts';
import { SCOPES } from '../keys/key-words.ts';

const EXPIRIES = [
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: '0', label: 'Never' },
] as const;

type Props = {
  login: DeviceLoginDetails;
  email: string;
  onAnswered: (answer: 'approved' | 'denied') => void;
};

export function ApproveDevice({ login, email, onAnswered }: Props) {
  const trpc = useTRPC();
  const { userCode, projects } = login;
  const [projectId, setProjectId] = useState(projects[0]?.id ?? '');
  const [scopes, setScopes] = useState<ApiKey['scopes']>(['admin']);
  const [days, setDays] = useState('90');
  const approve = useMutation(
    trpc.deviceLogin.approve.mutationOptions({ onSuccess: () => onAnswered('approved') }),
  );
  const deny = useMutation(
    trpc.deviceLogin.deny.mutationOptions({ onSuccess: () => onAnswered('denied') }),
  );
  const error = approve.error ?? deny.error;
  const expiresInDays = days === '0' ? null : Number(days);
  return (
    <>
      <div>
        <h1 className="font-semibold text-xl">Authorize the CLI</h1>
        <p className="mt-1 text-muted-foreground text-sm [overflow-wrap:anywhere]">
          As {email}. Go on only if your own terminal shows this code.
        </p>
      </div>
      <Asking login={login} />
      {error ? (
        <Alert tone="danger" live>
          {describeError(error).message}
        </Alert>
      ) : null}
      {projects.length === 0 ? (
        <Alert tone="warning" title="There is no project to authorize it for">
          You make keys in projects of organizations where you are a developer at least.{' '}
          <Link href="/dashboard" className="underline">
            Make a project
          </Link>
          , then come back here.
        </Alert>
      ) : (
        <>
          <Field label="Project">
            {(control) => (
              <Select
                {...control}
                value={projectId}
                onChange={(event) => setProjectId(event.target.value)}
              >
                {projects.map(({ id, name, organizationName }) => (
                  <option key={id} value={id}>
                    {name} · {organizationName}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <ScopeChoice
            scopes={SCOPES}
            value={scopes}
            onChange={setScopes}
            error={scopes.length === 0 ? 'Expected at least one.' : undefined}
          />
          <Field label="The key expires">
            {(control) => (
              <Select {...control} value={days} onChange={(event) => setDays(event.target.value)}>
                {EXPIRIES.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </>
      )}
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <Button busy={deny.isPending} onClick={() => deny.mutate({ userCode })}>
          Deny
        </Button>
        <Button
          variant="primary"
          busy={approve.isPending}
          disabled={projectId === '' || scopes.length === 0}
          onClick={() => approve.mutate({ userCode, projectId, scopes, expiresInDays })}
        >
          Approve
        </Button>
      </div>
    </>
  );
}

/** What is known of who asks. The name is its own word; the address is where it came from. */
function Asking({ login }: { login: DeviceLoginDetails }) {
  const { userCode, clientName, ip, createdAt } = login;
  return (
    <div className="rounded-lg border bg-muted/40 px-4 py-3">
      <p className="text-center font-mono font-semibold text-2xl tracking-widest">{userCode}</p>
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        <dt className="text-muted-foreground">Machine</dt>
        <dd className="text-right [overflow-wrap:anywhere]">{clientName}</dd>
        <dt className="text-muted-foreground">Address</dt>
        <dd className="text-right font-mono text-xs leading-5">{ip ?? 'unknown'}</dd>
        <dt className="text-muted-foreground">Asked</dt>
        <dd className="text-right">
          <RelativeTime value={createdAt} />
        </dd>
      </dl>
    </div>
  );
}
