/** A fictional agreement between two fictional organisations: what a demonstration offers, and what a real one can begin from. */
import data from './fellshire.json' with { type: 'json' };
import type { Agreement } from './schema.ts';
import { agreement } from './schema.ts';

export const fellshireAgreement = (): Agreement => agreement.parse(data);
