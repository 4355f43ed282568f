/** The example's course: interview, custody and bail, hearings, pleas, lines of enquiry. */
import type { Row } from '../../formats/index.ts';
import { item } from './papers.ts';
import type { Story } from './story.ts';
import { ID, OFFICER, day, idOf, workday } from './story.ts';

export function interviewsOf(story: Story): readonly Row<'interviews'>[] {
  const file = item(story, 'mg15');
  return [
    {
      id: idOf(9, 1),
      suspect: ID.suspect,
      kind: 'interview',
      held: story.stage === 'charging-threshold' ? story.on : day(story, -40),
      form: story.charged && story.stage !== 'gap' ? 'ROTI' : 'SDN',
      solicitor: 'Orla Finch, Finch and Lowe',
      summary:
        story.stage === 'gap'
          ? 'He admitted that he took the tools and meant to sell them. He said that he was sorry and short of money.'
          : 'He said that the tools were his in place of wages. He could not say when that was agreed. Shown the film, he made ' +
            'no comment.',
      ...(file !== undefined && { file }),
    },
  ];
}

export function custodyOf(story: Story): readonly Row<'custody'>[] {
  const arrested = story.stage === 'charging-threshold' ? story.on : day(story, -40);
  const held: Row<'custody'> = {
    id: idOf(10, 1),
    suspect: ID.suspect,
    kind: 'police custody',
    from: arrested,
    fromTime: '08:20',
    authority: 'Custody sergeant, Kelder',
  };
  if (story.stage === 'charging-threshold') return [held];
  const conditions = 'Not to go to Kelder Yard. Not to contact Ruth Pell or Idris Vaughan in any way.';
  const bail: Row<'custody'> = {
    id: idOf(10, 2),
    suspect: ID.suspect,
    kind: 'police bail',
    from: arrested,
    authority: 'Custody sergeant, Kelder',
    conditions,
    ...(story.charged ? { to: day(story, -12) } : { until: day(story, 21) }),
  };
  const court: Row<'custody'> = {
    id: idOf(10, 3),
    suspect: ID.suspect,
    kind: 'court bail',
    court: 'magistrates',
    from: day(story, -12),
    conditions,
  };
  return [{ ...held, to: arrested }, bail, ...(story.charged ? [court] : [])];
}

const COURT = { court: 'Kelder Magistrates\u2019 Court', courtOu: 'B99NM00' } as const;

export function hearingsOf(story: Story): readonly Row<'hearings'>[] {
  const { stage } = story;
  if (!story.charged) return [];
  const first: Row<'hearings'> = {
    id: idOf(11, 1),
    kind: 'first hearing',
    time: '10:00',
    ...COURT,
    date: workday(story, 9),
  };
  if (stage === 'gap' || stage === 'ngap') return [first];
  return [
    {
      ...first,
      date: day(story, -4),
      outcome: 'Not guilty plea. The defendant elected no other court; trial to be prepared.',
    },
    {
      id: idOf(11, 2),
      kind: 'trial',
      date: workday(story, 63),
      time: '10:00',
      ...COURT,
      attendees: `Ruth Pell, Idris Vaughan, DC ${OFFICER}`,
    },
  ];
}

export const pleasOf = (story: Story): readonly Row<'pleas'>[] =>
  story.stage === 'upgrade' || story.stage === 'trial'
    ? [{ id: idOf(12, 1), suspect: ID.suspect, offence: ID.offence, plea: 'not guilty', date: day(story, -4) }]
    : [];

export const enquiriesOf = (story: Story): readonly Row<'enquiries'>[] => [
  {
    id: idOf(13, 1),
    description: 'Whether wages were owed to the suspect: the books of the workshop',
    points: 'away',
    status: 'done',
  },
  {
    id: idOf(13, 2),
    description: 'Fingerprints on the toolbox',
    points: 'both',
    status: story.charged ? 'done' : 'outstanding',
    ...(!story.charged && { due: day(story, 10) }),
  },
  {
    id: idOf(13, 3),
    description: 'House-to-house beyond the yard',
    points: 'both',
    status: 'not pursued',
    reason: 'The workshop stands alone and nothing else overlooks it.',
  },
];
