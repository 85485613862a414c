import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface TestMailServer {
  port: number;
  /** What arrived, parsed as a mailbox would, in order. */
  inbox: Email[];
  /** Refuses mails to this address for good. */
  refused: Set<string>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** A real mail server on loopback that keeps what it gets. */
export async function startTestMailServer(): Promise<TestMailServer> {
  const inbox: Email[] = [];
  const refused = new Set<string>();
  let port = 0;
  let running: SMTPServer | undefined;

  async function start(): Promise<void> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo({ address }, _session, done) {
        if (!refused.has(address)) return done();
        done(Object.assign(new Error('No such mailbox'), { responseCode: 550 }));
      },
      onData(stream, _session, done) {
        buffer(stream)
          .then((bytes) => PostalMime.parse(bytes))
          .then(
            (email) => {
              inbox.push(email);
              done();
            },
            (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
          );
      },
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => resolve());
    });
    port = (server.server.address() as AddressInfo).port;
    running = server;
  }

  await start();
  return {
    get port() {
      return port;
    },
    inbox,
    refused,
    start,
    stop: () =>
      new Promise((resolve) => (running === undefined ? resolve() : running.close(resolve))),
  };
}
