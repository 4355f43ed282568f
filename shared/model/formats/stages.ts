/**
 * The stages at which a file is judged, in the order in which a case may meet them. Owns their ids and names;
 * what each stage needs is rule data, and at which a case stands is a fact of the work.
 */
import type { Source } from './sources.ts';
import { KNOWN, NFS } from './sources.ts';

export const STAGES = ['charging', 'charging-threshold', 'gap', 'ngap', 'upgrade', 'trial'] as const;
export type Stage = (typeof STAGES)[number];
export const isStage = (word: string | undefined): word is Stage => (STAGES as readonly string[]).includes(word ?? '');

interface StageWords extends Source {
  readonly name: string;
  readonly says: string;
}

export const STAGE_WORDS: Readonly<Record<Stage, StageWords>> = {
  charging: {
    name: 'Charging: full code test',
    says: 'The prosecutor is asked for a charging decision on a complete file.',
    ...NFS,
  },
  'charging-threshold': {
    name: 'Charging: threshold test',
    says: 'A suspect is in custody and evidence is still expected: what is outstanding is listed, with dates.',
    ...KNOWN,
  },
  gap: {
    name: 'First hearing, anticipated guilty plea (GAP)',
    says: 'The short file for a first hearing where a guilty plea is expected.',
    ...KNOWN,
  },
  ngap: {
    name: 'First hearing, anticipated not guilty plea (NGAP)',
    says: 'The file for a first hearing where the case is expected to be contested.',
    ...KNOWN,
  },
  upgrade: {
    name: 'Upgrade after a not guilty plea',
    says: 'The first-hearing file is completed for a trial.',
    ...KNOWN,
  },
  trial: {
    name: 'Trial',
    says: 'Everything that the trial needs, in the form in which the court can use it.',
    ...KNOWN,
  },
};
