import type { Locator, Page } from 'playwright-core';

/** Where it is once it stays there: what is above it may still come or go. */
async function placeOf(locator: Locator) {
  for (let last = ''; ; ) {
    const box = await locator.boundingBox();
    const now = JSON.stringify(box);
    if (box !== null && now === last) return box;
    last = now;
    await locator.page().waitForTimeout(250);
  }
}

/** By mouse, from a scene to another one's card. */
export async function dragFrame(page: Page, frame: Locator, card: Locator): Promise<void> {
  const [from, to] = [await placeOf(frame), await placeOf(card)];
  await page.mouse.move(from.x + 20, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 10, { steps: 4 });
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
  await page.mouse.up();
}
