import AxeBuilder from '@axe-core/playwright';
import { expect } from 'vitest';
import { addressOf, journey, useBrowser } from './browser.ts';
import { openNewProject } from './new-project.ts';

useBrowser();

journey('a command line is let in by its code, and gets its key', async ({ page, problems }) => {
  const url = addressOf('SLIPWAY_URL');
  const projectId = await openNewProject(page, 'Terminal');
  const post = async (path: string, body: object) => {
    const response = await fetch(`${url}/api/device-login${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.json();
  };
  const begun = await post('', { clientName: 'kays-laptop' });
  await page.goto(begun.verificationUri);
  await page.getByLabel('Code').fill(begun.userCode.toLowerCase());
  await page.keyboard.press('Enter');
  await page.getByText('kays-laptop').waitFor();
  await page.getByText(begun.userCode, { exact: true }).waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  }
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('heading', { name: 'Your terminal is signed in' }).waitFor();
  const claimed = await post('/claim', { deviceCode: begun.deviceCode });
  expect(claimed).toMatchObject({ status: 'approved', project: { id: projectId } });
  // Its code is of no more use to anybody.
  await page.goto(begun.verificationUriComplete);
  await page.getByText('this one is unknown, over, or was answered').waitFor();
  expect(problems.filter((problem) => !problem.includes('404'))).toEqual([]);
});
