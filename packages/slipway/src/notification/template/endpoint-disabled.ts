import { button, paragraph, strong } from '@repo/foundation/mail';
import type { Message } from '@repo/foundation/notification';
import { shortened, utcTime } from '../words.ts';

interface EndpointDisabled {
  projectName: string;
  endpointUrl: string;
  reason: 'gone' | 'failing';
  failingSince: Date | null;
  url: string;
}

export function endpointDisabledMessage(input: EndpointDisabled): Message {
  const { projectName, endpointUrl, reason, failingSince, url } = input;
  const since = failingSince === null ? '' : ` since ${utcTime(failingSince)}`;
  const why =
    reason === 'gone'
      ? 'It answered 410 (gone), which asks for no more events.'
      : `No delivery reached it${since}.`;
  return {
    subject: `A webhook endpoint of ${shortened(projectName)} was disabled`,
    title: 'A webhook endpoint was disabled',
    preview: why,
    body: [
      paragraph(
        'Events of the project ',
        strong(projectName),
        ' are not sent any more to ',
        strong(shortened(endpointUrl, 200)),
        `. ${why}`,
      ),
      paragraph(
        'Nothing is lost: when the endpoint answers again, enable it and replay what it missed.',
      ),
      button(url, 'Open the endpoint'),
    ],
  };
}
