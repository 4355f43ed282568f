/**
 * The pages of the console, each as the HTML between header and footer. What they show is a snapshot; nothing here reads or
 * decides. Ids, sizes, times and states only: the relay knows no more.
 */
import { audit, backups, log, retention } from './pages/care.ts';
import { computers, organisations } from './pages/organisations.ts';
import { overview, stuckPage } from './pages/overview.ts';
import type { Page } from './pages/parts.ts';

export const PAGES: readonly Page[] = [
  { path: '/', title: 'Overview', show: overview },
  { path: '/stuck', title: 'Stuck', show: stuckPage },
  { path: '/organisations', title: 'Organisations', show: organisations },
  { path: '/computers', title: 'Computers', show: computers },
  { path: '/retention', title: 'Retention', show: retention },
  { path: '/backups', title: 'Backups', show: backups },
  { path: '/audit', title: 'Audit', show: audit },
  { path: '/log', title: 'Log', show: log },
];
