'use client';

import { AddressNotice } from '@repo/ui/account/address-notice';
import { NoticeChoices } from '@repo/ui/account/notice-choices';
import { TimeZoneField } from '@repo/ui/account/time-zone-field';
import { Card, CardBody, CardHeader } from '@repo/ui/card';
import { ErrorState } from '@repo/ui/error-state';
import { PageHeader } from '@repo/ui/page-header';
import { Skeleton } from '@repo/ui/skeleton';
import { describeError } from '../../lib/trpc.ts';
import { useNotifications } from './use-notifications.ts';

/** What the signed-in user is told, and how. */
export function NotificationsPanel() {
  const { settings, update } = useNotifications();
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-6">
      <PageHeader
        title="Notifications"
        description="What you are told, and how, in all organizations that you belong to."
      />
      {settings.data ? (
        <>
          <AddressNotice {...settings.data} confirmedPath="/settings/notifications" />
          <Card aria-labelledby="kinds-title">
            <CardHeader titleId="kinds-title" title="What you are told" />
            <CardBody>
              <NoticeChoices
                kinds={settings.data.kinds}
                onChoose={(choice) => update({ choices: [choice] })}
              />
            </CardBody>
          </Card>
          <Card aria-labelledby="zone-title">
            <CardHeader
              titleId="zone-title"
              title="Time zone"
              description="Decides when a day begins, and when its summary comes."
            />
            <CardBody>
              <TimeZoneField
                timeZone={settings.data.timeZone}
                onChoose={(timeZone) => update({ timeZone })}
              />
            </CardBody>
          </Card>
        </>
      ) : settings.isError ? (
        <ErrorState
          title="Notifications could not be loaded"
          message={describeError(settings.error).message}
          requestId={describeError(settings.error).requestId}
          onRetry={() => void settings.refetch()}
          retrying={settings.isFetching}
          className="rounded-lg border"
        />
      ) : (
        <div aria-busy="true" className="flex flex-col gap-6">
          <Skeleton className="h-96 rounded-lg" />
          <Skeleton className="h-40 rounded-lg" />
        </div>
      )}
    </div>
  );
}
