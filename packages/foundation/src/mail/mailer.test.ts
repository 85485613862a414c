import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMailer } from './open-mailer.ts';
import { startTestMailServer, type TestMailServer } from './testing/index.ts';

let server: TestMailServer;
beforeAll(async () => {
  server = await startTestMailServer();
});
afterAll(() => server.stop());

/** Who a mail is from, as it arrives. */
async function senderOf(from: string, senderName: string | null, name?: string): Promise<unknown> {
  const url = `smtp://127.0.0.1:${server.port}`;
  const mailer = openMailer({ url, from, ...(name !== undefined && { name }) });
  await mailer?.send({
    ...{ id: 'mail_1', recipient: 'ann@example.com', senderName, unsubscribeUrl: null },
    ...{ subject: 'Hello', html: '<p>Hello</p>', text: 'Hello' },
  });
  mailer?.close();
  return server.inbox.at(-1)?.from;
}

test('mails are from the product’s name, or an organization’s, at the one address', async () => {
  const from = 'Slipway <files@example.com>';
  expect(await senderOf(from, null)).toMatchObject({
    name: 'Slipway',
    address: 'files@example.com',
  });
  expect(await senderOf(from, null, 'PhotoEstate Pro')).toMatchObject({
    name: 'PhotoEstate Pro',
    address: 'files@example.com',
  });
  expect(await senderOf('files@example.com', 'Elm Street Studio', 'PhotoEstate Pro')).toMatchObject(
    {
      name: 'Elm Street Studio',
      address: 'files@example.com',
    },
  );
});

test('a name is never an address, nor a header of its own', async () => {
  for (const name of ['victim@example.com, x', 'A <victim@example.com>', 'A\r\nBcc: v@example.com'])
    expect(await senderOf('files@example.com', name)).toMatchObject({
      address: 'files@example.com',
    });
  expect(server.inbox.at(-1)?.bcc ?? []).toEqual([]);
});

test('without a mail server there is no mailer, and without a sender no start', () => {
  expect(openMailer({ url: undefined, from: undefined })).toBeNull();
  expect(() => openMailer({ url: 'smtp://127.0.0.1', from: undefined })).toThrow('SMTP_FROM');
});
