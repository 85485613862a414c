import { expect, test } from 'vitest';
import { Arena } from './arena.ts';
import { Pool } from './pool.ts';

test('a pool is there once its threads are, so that no memory grows while one takes it over', async () => {
  const arena = new Arena();
  // Kernels want a first page; a thread notices when it puts them and the memory together.
  const memory = new WebAssembly.Memory({ initial: 0, maximum: 65_536, shared: true });
  const empty = Object.assign(Object.create(arena), { memory, take: () => 0 });
  await expect(Pool.start(empty, 2)).rejects.toMatchObject({
    code: 'crashed',
    cause: expect.objectContaining({ message: expect.stringContaining('memory import') }),
  });
});

test('a kernel that there is not is said with its name, each time', async () => {
  const pool = await Pool.start(new Arena(), 2);
  try {
    for (const name of ['no.such', 'no.other']) {
      const error = await pool.run([[[name]], [[name]]]).catch((caught) => caught);
      expect(error).toMatchObject({ code: 'internal' });
      expect(error.cause.message).toContain(`there is no kernel "${name}"`);
    }
  } finally {
    await pool.stop();
  }
});
