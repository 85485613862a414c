'use client';

import type { ReactNode } from 'react';
import { Card, CardBody, CardHeader } from '../card.tsx';
import { Skeleton } from '../skeleton.tsx';
import { AddressNotice } from './address-notice.tsx';
import type { Describe, NotificationApi } from './api.ts';
import { LoadProblem } from './load-problem.tsx';
import { NoticeChoices } from './notice-choices.tsx';
import { TimeZoneField } from './time-zone-field.tsx';
import { useNotifications, useTimeZoneNotice } from './use-notifications.ts';

type Props = { api: NotificationApi; describe: Describe };

type ChoicesProps = Props & {
  /** The page that whoever confirms their address comes to. */
  confirmedPath: string;
  title: string;
  description: ReactNode;
};

/** What somebody is told, and how. */
export function NotificationsCard(props: ChoicesProps) {
  const { api, describe, confirmedPath, title, description } = props;
  const { settings, update } = useNotifications(api, describe);
  if (settings.error && !settings.data)
    return (
      <LoadProblem title="Notifications could not be loaded" query={settings} describe={describe} />
    );
  if (!settings.data)
    return (
      <div aria-busy="true">
        <Skeleton className="h-96 rounded-lg" />
      </div>
    );
  return (
    <Card aria-labelledby="notifications" className="scroll-mt-20">
      <CardHeader titleId="notifications" title={title} description={description} />
      <CardBody className="flex flex-col gap-5">
        <AddressNotice {...settings.data} confirmedPath={confirmedPath} />
        <NoticeChoices
          kinds={settings.data.kinds}
          onChoose={(choice) => update({ choices: [choice] })}
        />
      </CardBody>
    </Card>
  );
}

/** By which clock. */
export function TimeZoneCard({ api, describe, children }: Props & { children: string }) {
  const { settings, update } = useNotifications(api, describe);
  if (settings.error && !settings.data)
    return (
      <LoadProblem
        title="Your time zone could not be loaded"
        query={settings}
        describe={describe}
      />
    );
  if (!settings.data)
    return (
      <div aria-busy="true">
        <Skeleton className="h-40 rounded-lg" />
      </div>
    );
  return (
    <Card aria-labelledby="zone-title">
      <CardHeader titleId="zone-title" title="Time zone" description={children} />
      <CardBody>
        <TimeZoneField
          timeZone={settings.data.timeZone}
          onChoose={(timeZone) => update({ timeZone })}
        />
      </CardBody>
    </Card>
  );
}

/** On every page: tells the browser's time zone of somebody who has chosen none. */
export function TimeZoneNotice({ api }: Pick<Props, 'api'>) {
  useTimeZoneNotice(api);
  return null;
}
