'use client';

import { AddressNotice } from '@repo/ui/account/address-notice';
import { NoticeChoices } from '@repo/ui/account/notice-choices';
import { TimeZoneField } from '@repo/ui/account/time-zone-field';
import { Card, CardBody, CardHeader } from '@repo/ui/card';
import { Skeleton } from '@repo/ui/skeleton';
import { LoadFailed } from '../load-failed.tsx';
import { useNotifications } from '../notices/use-notifications.ts';

/** What somebody is told, how, and by which clock. */
export function Notifications() {
  const { settings, update } = useNotifications();
  if (settings.error && !settings.data)
    return (
      <Card>
        <LoadFailed titled title="Notifications could not be loaded" queries={[settings]} />
      </Card>
    );
  if (!settings.data)
    return (
      <div aria-busy="true" className="flex flex-col gap-6">
        <Skeleton className="h-96 rounded-lg" />
        <Skeleton className="h-40 rounded-lg" />
      </div>
    );
  return (
    <>
      <Card aria-labelledby="notifications" className="scroll-mt-20">
        <CardHeader
          titleId="notifications"
          title="Notifications"
          description="In all organizations that you belong to. Every mail also ends its kind with one click."
        />
        <CardBody className="flex flex-col gap-5">
          <AddressNotice {...settings.data} confirmedPath="/account" />
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
          description="Times that others write for you, such as in mails, are by these clocks."
        />
        <CardBody>
          <TimeZoneField
            timeZone={settings.data.timeZone}
            onChoose={(timeZone) => update({ timeZone })}
          />
        </CardBody>
      </Card>
    </>
  );
}
