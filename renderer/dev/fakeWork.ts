/**
 * FAKE. The work on a made-up case, for looking at screens.
 */
import type { WorkView } from '../../shared/ipc/work.ts';
import type { Views } from '../../shared/ipc/worker.ts';
import { emptyWork } from '../../shared/model/work/fold/draft.ts';
import { measures } from '../../shared/model/work/measures/measures.ts';
import type { OrgId, PersonId } from '../../shared/primitives/ids.ts';
import { CASE, hex } from './fakePackages.ts';

const STEP: Views['tasks'][number]['step'] = {
  id: 'charging-build',
  title: 'Build the file for a charging decision',
  action: 'review asked',
  whose: { side: 'police', roles: ['officer', 'file builder'], people: ['Priya Nair'], agreed: false, note: '' },
  due: { day: '2026-12-03', at: null },
  overdue: false,
  needs: [{ text: 'There is an offence', paths: ['offences'] }],
  next: ['Review by a supervisor'],
  source: 'made up',
  verified: false,
};
const CHARGING = 'Charging: full code test';

export const fakeWork: WorkView = {
  me: { org: hex(1) as OrgId, person: hex(2) as PersonId, roles: ['officer'] },
  state: emptyWork(),
  where: { stage: 'charging', title: CHARGING, over: false, open: [STEP], done: [] },
  may: [],
  changedSince: {},
  keeping: {
    rules: { name: 'Rules', edition: '1' },
    classes: [],
    class: null,
    review: null,
    preview: null,
    setAside: [],
  },
  newer: 0,
};

export const fakeWorkViews: Pick<
  Views,
  | 'tasks'
  | 'queue'
  | 'recovery'
  | 'colleagues'
  | 'holdings'
  | 'leavers'
  | 'measures'
  | 'reasons'
  | 'disposals'
  | 'emergencies'
  | 'recertification'
> = {
  tasks: [{ case: CASE, title: 'R v Hale', urn: '01AB1234526', stage: CHARGING, step: STEP, mine: true }],
  queue: [],
  recertification: { rows: [], mayOpen: true, units: [], people: [] },
  recovery: {
    custodians: [],
    isEnough: false,
    isCustodian: false,
    administers: true,
    lacking: 0,
    places: [],
    isAsked: false,
    rows: [],
  },
  emergencies: { may: true, isOnLine: true, rows: [] },
  colleagues: [],
  holdings: [],
  leavers: [],
  measures: measures([]),
  reasons: [],
  disposals: [],
};
