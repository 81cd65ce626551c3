// The six questions: whatever number of customers they name opens into that many, of the same days.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openShop } from './small-shop.ts';
import { axe, LAPTOP, PHONE, showIfFailed, sidewaysScroll, startWorld, takeTroubles, type World } from './world.ts';

let world: World;
let page: Page;
beforeAll(async () => {
  world = await startWorld();
  await openShop(world);
  page = await world.ownerForLong({ viewport: LAPTOP });
});
afterAll(() => world?.stop());
beforeEach(() => showIfFailed(page));

interface Report {
  buyers: { now: number };
  growth: { steps: { step: string; customers: number }[] };
  profit: { best: { percent: number; customers: number }[] };
  duration: { bands: { years: string; customers: number }[] };
}

it('open the list behind every figure, with as many as the figure says', async () => {
  const report = await world.api.get<Report>('/report');
  expect(report.buyers.now).toBeGreaterThan(0);
  const figures: [part: string, customers: number][] = [
    ['', report.buyers.now],
    ...report.growth.steps.map(({ step, customers }): [string, number] => [`who=${step}`, customers]),
    ...report.profit.best.map(({ percent, customers }): [string, number] => [`best=${percent}`, customers]),
    ...report.duration.bands.map(({ years, customers }): [string, number] => [`years=${years}`, customers]),
  ];
  await page.goto('/value/report');
  await page.locator('a[href*="/value/report/customers"]').first().waitFor();
  const links = await page
    .locator('a[href*="/value/report/customers"]')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href')!));
  for (const [part, customers] of figures) {
    const href = links.find((link) =>
      part === ''
        ? !/who=|best=|years=|loyalty=|province=|category=/.test(link)
        : decodeURIComponent(link).replaceAll('"', '').includes(part),
    );
    expect(href, part).toBeDefined();
    const query = new URL(href!, world.url).search.replaceAll('%22', '');
    expect([part, (await world.api.get<{ count: number }>(`/report/customers/count${query}`)).count]).toEqual([part, customers]);
  }
});

it.each([
  ['1440', LAPTOP],
  ['390', PHONE],
])('the list can be read and fits at %s pixels', async (_size, viewport) => {
  await page.setViewportSize(viewport);
  await page.goto('/value/report');
  await page.locator('a[href*="/value/report/customers"]').first().click();
  await page.waitForURL(/\/value\/report\/customers/);
  await page.locator('a[href^="/customers/"]').first().waitFor();
  await page.getByRole('heading', { level: 1, name: /, del .+ al / }).waitFor();
  expect(await sidewaysScroll(page)).toBe(0);
  expect(await axe(page)).toEqual([]);
  expect(takeTroubles(page)).toEqual([]);
});
