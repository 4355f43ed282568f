/**
 * What the schedules are called, and what somebody says who certifies one; to be put in their own words.
 */
import type { ScheduleForm } from '../../../../shared/model/facts/deciding.ts';

export const SCHEDULE_TITLES: Readonly<Record<ScheduleForm, string>> = {
  MG6C: 'MG6C: non-sensitive unused material',
  MG6D: 'MG6D: sensitive unused material',
  MG6E: 'MG6E: disclosure officer\u2019s report',
  SDC: 'SDC: streamlined disclosure certificate',
};

const LISTED =
  'I have inspected, viewed or listened to all the relevant material that was retained and made available to me.';
const REVEALED = `${LISTED} Nothing beside what is listed might reasonably be considered capable of undermining the case for the prosecution or of assisting the case for the accused.`;

export const USUAL_WORDS: Readonly<Record<ScheduleForm, string>> = {
  MG6C: `${LISTED} This schedule lists all of it that is not sensitive.`,
  MG6D: `${LISTED} This schedule lists all of it that is sensitive.`,
  MG6E: REVEALED,
  SDC: REVEALED,
};
