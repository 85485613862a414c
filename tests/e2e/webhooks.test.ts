import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey, useBrowser } from './browser.ts';
import { openNewProject } from './new-project.ts';

useBrowser();

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

journey('a webhook is added, tested, looked into and sent again', async ({ page, problems }) => {
  let hits = 0;
  const receiver = createServer((request, response) => {
    hits += 1;
    request.resume();
    response.end('thank you');
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  await openNewProject(page, 'Hooks');
  const project = page.url();
  await page.goto(`${project}/webhooks`);
  await page.getByText('No webhooks').waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Add webhook' }).click();
  await page.getByLabel('Address').fill(`http://127.0.0.1:${port}/hooks`);
  await expectAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Add webhook' }).click();
  await page.waitForURL('**/webhooks/whk_*');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.getByText(/whsec_/).waitFor();
  await page.getByRole('button', { name: 'Send test' }).click();
  const row = page.getByRole('row', { name: /webhook\.test/ });
  await row.getByText('Delivered').waitFor();
  await expectAccessible(page);
  await row.getByRole('button').click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('summary').first().click();
  await dialog.getByText('thank you').waitFor();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Send again' }).click();
  await expect.poll(() => hits, { timeout: 30_000 }).toBe(2);
  expect(problems).toEqual([]);
  receiver.close();
});
