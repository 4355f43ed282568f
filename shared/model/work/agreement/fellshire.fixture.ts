/** For tests only: an agreement between two fictional organisations, made of the template that comes with Joinder. */
import { draftBetween, templateIn } from './draft.ts';
import type { Agreement } from './schema.ts';

export const fellshireAgreement = (): Agreement =>
  draftBetween(
    templateIn(new Map()),
    [
      { org: null, name: 'Fellshire Police', side: 'police' },
      { org: null, name: 'Fellshire Prosecution Service', side: 'prosecution' },
    ],
    '2026-11-01',
  );
