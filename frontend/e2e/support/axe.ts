import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Page, expect } from '@playwright/test';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

type Violation = { id: string; nodes: { target: unknown[]; failureSummary?: string }[] };
type Axe = { run: (context: Document, options: object) => Promise<{ violations: Violation[] }> };

/** Fails where axe finds anything on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(source);
  const violations = await page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const found = await axe.run(document, { runOnly: { type: 'tag', values: tags } });
    return found.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => `${node.target}: ${node.failureSummary}`) }));
  }, TAGS);
  expect(violations).toEqual([]);
}
