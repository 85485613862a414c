'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { Alert } from '@repo/ui/alert';
import { Button } from '@repo/ui/button';
import { Card, CardBody, CardFooter, CardHeader } from '@repo/ui/card';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type UseFormReturn, useForm } from 'react-hook-form';
import { type DoctorReport, describeError, useTRPC } from '../../lib/trpc.ts';
import { ConnectFields } from './connect-fields.tsx';
import { ConnectForm, emptyForm, toInput } from './connect-schema.ts';
import { Connected } from './connected.tsx';
import { CredentialFields } from './credential-fields.tsx';
import { DoctorReportView } from './doctor-report.tsx';
import { Examining } from './examining.tsx';
import { useRefreshStorages } from './use-storages.ts';

type Props = { projectId: string; onClose: () => void };
type NewStorage = { id: string; name: string; report: DoctorReport };

/** Asks for a bucket, has it examined, and says what came of it. */
export function ConnectStorage({ projectId, onClose }: Props) {
  const trpc = useTRPC();
  const refresh = useRefreshStorages(projectId);
  const [connected, setConnected] = useState<NewStorage>();
  const form = useForm({ resolver: zodResolver(ConnectForm), defaultValues: emptyForm('aws') });
  const connect = useMutation(
    trpc.storage.connect.mutationOptions({
      // What was sent is a secret; nothing of it is kept.
      gcTime: 0,
      onSuccess: async (result) => {
        if (result.outcome === 'refused') return;
        await refresh();
        const { id, name } = result.connection;
        setConnected({ id, name, report: result.report });
      },
    }),
  );
  const send = (wish: { force?: boolean; mend?: boolean } = {}) =>
    form.handleSubmit((values) => connect.mutate({ projectId, ...wish, ...toInput(values) }))();
  if (connected) return <Connected projectId={projectId} storage={connected} onClose={onClose} />;
  const refused = connect.data?.outcome === 'refused' ? connect.data.report : undefined;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Card aria-labelledby="connect-title">
        <CardHeader
          titleId="connect-title"
          title="Connect a bucket"
          description="A doctor looks at it before it is used. Nothing is sent there until you choose so."
        />
        <CardBody className="flex flex-col gap-5">
          <Fields form={form} />
          {connect.error ? (
            <Alert tone="danger" live>
              {describeError(connect.error).message}
            </Alert>
          ) : null}
          {connect.isPending ? <Examining /> : null}
          {refused && !connect.isPending ? (
            <DoctorReportView report={refused} onMend={() => void send({ mend: true })} />
          ) : null}
        </CardBody>
        <CardFooter>
          <span>{refused ? 'Mend what is wrong, then check again.' : null}</span>
          <span className="flex flex-wrap gap-2">
            <Button onClick={onClose}>Cancel</Button>
            {refused ? (
              <Button
                variant="danger-quiet"
                disabled={connect.isPending}
                onClick={() => void send({ force: true })}
              >
                Connect anyway
              </Button>
            ) : null}
            <Button type="submit" variant="primary" busy={connect.isPending}>
              {refused ? 'Check again' : 'Check and connect'}
            </Button>
          </span>
        </CardFooter>
      </Card>
    </form>
  );
}

function Fields({ form }: { form: UseFormReturn<ConnectForm> }) {
  return (
    <>
      <ConnectFields form={form} />
      <CredentialFields register={form.register} errors={form.formState.errors} />
    </>
  );
}
