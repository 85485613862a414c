import { describe } from 'vitest';
import { testMultipart } from './contract/multipart.contract.ts';
import { testObjects } from './contract/objects.contract.ts';
import type { Server } from './contract/subject.contract.ts';
import { testUploads } from './contract/uploads.contract.ts';
import type { Storage } from './storage.ts';

const PROPER: Server = { signatures: true, order: true, thorough: true };

/**
 * What every storage must do, over real HTTP as a browser would, and what it must do according to its
 * own capabilities. Run it against each implementation and each server; the storage is opened when
 * the tests are collected, because its capabilities say which there are.
 */
export function describeStorage(
  name: string,
  open: () => Promise<Storage>,
  server: Partial<Server> = {},
): void {
  describe(name, async () => {
    const storage = await open();
    const subject = {
      storage,
      can: await storage.capabilities(),
      server: { ...PROPER, ...server },
    };
    testObjects(subject);
    testUploads(subject);
    if (subject.can.multipart) testMultipart(subject);
  });
}
