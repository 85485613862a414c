import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** On a page of webhooks that has none: one is added, tested, looked into and sent again; `look` looks at each state. */
export async function addAndTestWebhook(
  page: Page,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  let hits = 0;
  const receiver = createServer((request, response) => {
    hits += 1;
    request.resume();
    response.end('thank you');
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  await page.getByText('No webhooks').waitFor();
  await look(page);
  await page.getByRole('button', { name: 'Add webhook' }).click();
  await page.getByLabel('Address').fill(`http://127.0.0.1:${port}/hooks`);
  await look(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Add webhook' }).click();
  await page.waitForURL('**/webhooks/whk_*');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.getByText(/whsec_/).waitFor();
  await page.getByRole('button', { name: 'Send test' }).click();
  const row = page.getByRole('row', { name: /webhook\.test/ });
  await row.getByText('Delivered').waitFor();
  await look(page);
  await row.getByRole('button').click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('summary').first().click();
  await dialog.getByText('thank you').waitFor();
  await look(page);
  await dialog.getByRole('button', { name: 'Send again' }).click();
  await expect.poll(() => hits, { timeout: 30_000 }).toBe(2);
  await dialog.getByRole('button', { name: 'Close', exact: true }).first().click();
  receiver.close();
}
