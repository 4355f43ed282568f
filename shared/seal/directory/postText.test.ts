import { expect, it } from 'vitest';
import { postText } from './postText.ts';

it.each([
  ['Officer in the case', 'Kendal CID', 'Officer in the case, Kendal CID'],
  ['Officer in the case, Kendal CID', 'Kendal CID', 'Officer in the case, Kendal CID'],
  ['Officer in the case, kendal cid', 'Kendal CID', 'Officer in the case, kendal cid'],
  ['Officer in the case, West Kendal CID', 'Kendal CID', 'Officer in the case, West Kendal CID, Kendal CID'],
  ['Records manager', '', 'Records manager'],
  ['Control room', 'Control room', 'Control room'],
])('%s of %s is called %s', (title, unit, text) => expect(postText({ title, unit })).toBe(text));
