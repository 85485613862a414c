import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey, useBrowser } from './browser.ts';
import { openNewProject } from './new-project.ts';
import { addAndTestWebhook } from './webhook-steps.ts';

useBrowser();

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

journey('a webhook is added, tested, looked into and sent again', async ({ page, problems }) => {
  await openNewProject(page, 'Hooks');
  await page.goto(`${page.url()}/webhooks`);
  await addAndTestWebhook(page, expectAccessible);
  expect(problems).toEqual([]);
});
