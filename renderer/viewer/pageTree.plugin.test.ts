import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { pageTree, straightToPage } from './pageTree.plugin.ts';

const FILE = createRequire(import.meta.url).resolve('pdfjs-dist/legacy/build/pdf.worker.mjs');

test('the pdfjs that is installed goes straight to a page', () => {
  const source = readFileSync(FILE, 'utf8');
  const changed = pageTree.transform(source, FILE);
  expect(changed?.code).toContain('nodesToVisit.push(kids[pageIndex - currentPageIndex])');
  expect(pageTree.transform(source, '/elsewhere/pdf.mjs')).toBeNull();
});

test('another pdfjs fails the build', () => {
  expect(() => straightToPage('export const nothing = 1;')).toThrow('in 0 places');
});
