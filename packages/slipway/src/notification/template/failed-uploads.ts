import { button, paragraph, strong, table } from '@repo/foundation/mail';
import type { Message } from '@repo/foundation/notification';
import { counted, shortened, utcTime } from '../words.ts';

interface FailedUploads {
  projectName: string;
  url: string;
  total: number;
  reasons: readonly { code: string; times: number }[];
  /** The latest ones. */
  files: readonly { name: string; message: string; createdAt: Date }[];
}

export function failedUploadsMessage(input: FailedUploads): Message {
  const { projectName, url, total, reasons, files } = input;
  const failed = `${counted(total, 'upload')} failed`;
  const more = total - files.length;
  return {
    subject: `${failed} in ${shortened(projectName)}`,
    title: failed,
    preview: reasons.map(({ code, times }) => `${times} × ${code}`).join(', '),
    body: [
      paragraph(
        'In the project ',
        strong(projectName),
        ` ${total === 1 ? 'an upload' : 'uploads'} did not become ${total === 1 ? 'a file' : 'files'}:`,
      ),
      table({
        head: ['Reason', 'Uploads'],
        rows: reasons.map(({ code, times }) => [code, times.toLocaleString('en-US')]),
        numeric: true,
      }),
      table({
        head: ['File', 'What happened'],
        rows: files.map(({ name, message, createdAt }) => [
          shortened(name),
          `${shortened(message, 200)} (${utcTime(createdAt)})`,
        ]),
      }),
      ...(more > 0 ? [paragraph(`And ${counted(more, 'more', 'more')}.`)] : []),
      button(url, 'Open the project'),
    ],
  };
}
