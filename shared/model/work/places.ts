/**
 * Where a fact of the work is written: into the Case file, which both organisations read; into Working papers, which
 * one's own alone reads; or into both, so that each area can be judged by itself. Without a Case file everything stands
 * in Working papers, and who has none of these writes into the Case file.
 */
import type { WorkFact } from '../facts/event.ts';

export type Place = 'shared' | 'own' | 'both';

export const PLACES: Readonly<Record<WorkFact['is'], Place>> = {
  'review asked': 'own',
  'review withdrawn': 'own',
  'review given': 'own',
  'handed over': 'both',
  allocated: 'both',
  'action raised': 'shared',
  'action due': 'shared',
  'action answered': 'shared',
  'action closed': 'shared',
  decided: 'shared',
  certified: 'both',
  signed: 'both',
  staged: 'both',
  answered: 'own',
  'deadline set': 'shared',
  'released anyway': 'own',
  'conflict settled': 'own',
  message: 'shared',
  read: 'both',
  'agreement offered': 'shared',
  'agreement accepted': 'shared',
  'agreement declined': 'shared',
  'agreement withdrawn': 'shared',
  closed: 'both',
  reopened: 'both',
  held: 'both',
  'hold lifted': 'both',
  'retention reviewed': 'own',
  'disposal asked': 'both',
  'disposal agreed': 'both',
  'disposal refused': 'both',
  destroyed: 'both',
  'case exported': 'own',
  'case imported': 'own',
};
