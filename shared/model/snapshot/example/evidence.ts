/** The example's statements, exhibits and other material. What a stage does not need yet is not there. */
import type { Row } from '../../formats/index.ts';
import { item } from './papers.ts';
import type { Story } from './story.ts';
import { ID, day, idOf } from './story.ts';

/** Leaves out keys without a value: what is empty is absent. */
type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
function given<T extends object>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;
}

const STATEMENT = { pell: idOf(6, 1), vaughan: idOf(6, 2), doyle: idOf(6, 3) } as const;

const statement = (
  story: Story,
  id: string,
  witness: string,
  number: string,
  pages: number,
  papers: { file: string | undefined; backSheet: string | undefined },
): readonly Row<'statements'>[] =>
  papers.file === undefined
    ? []
    : [
        {
          id,
          witness,
          number,
          kind: 'MG11',
          taken: day(story, story.stage === 'charging-threshold' ? -1 : -38),
          pages,
          key: true,
          signed: true,
          language: 'English',
          ...given(papers),
        },
      ];

export const statementsOf = (story: Story): readonly Row<'statements'>[] => [
  ...statement(story, STATEMENT.pell, ID.owner, '1', 4, {
    file: item(story, 'mg11a'),
    backSheet: item(story, 'back11a'),
  }),
  ...statement(story, STATEMENT.vaughan, ID.neighbour, '2', 2, {
    file: item(story, 'mg11b'),
    backSheet: item(story, 'back11b'),
  }),
  ...statement(story, STATEMENT.doyle, ID.officer, '3', 3, {
    file: item(story, 'mg11c'),
    backSheet: item(story, 'back11c'),
  }),
];

export function exhibitsOf(story: Story): readonly Row<'exhibits'>[] {
  const found = day(story, story.stage === 'charging-threshold' ? 0 : -40);
  const hasDoyle = item(story, 'mg11c') !== undefined;
  return [
    {
      id: idOf(7, 1),
      reference: 'RP/1',
      description: 'List of the tools that were taken, with receipts for each',
      media: 'document',
      producer: ID.owner,
      statement: STATEMENT.pell,
      key: true,
      viewable: true,
      ...given({ file: item(story, 'list') }),
    },
    {
      id: idOf(7, 2),
      reference: 'RP/2',
      description: 'Film of the yard camera, 22:00 to 23:00, the van arriving and leaving',
      media: 'video',
      producer: ID.owner,
      statement: STATEMENT.pell,
      continuity:
        'Copied from the recorder by the owner in the presence of the officer; the original stays on the recorder.',
      key: true,
      viewable: true,
      ...given({ file: item(story, 'film') }),
    },
    {
      id: idOf(7, 3),
      reference: 'IV/1',
      description: 'Photograph of the van outside the workshop, taken on a telephone',
      media: 'photograph',
      producer: ID.neighbour,
      statement: STATEMENT.vaughan,
      key: true,
      viewable: true,
      ...given({ file: item(story, 'photo') }),
    },
    {
      id: idOf(7, 4),
      reference: 'AD/1',
      description: 'Three power tools found in the van of the suspect',
      media: 'object',
      producer: ID.officer,
      ...(hasDoyle && { statement: STATEMENT.doyle }),
      seal: 'M417 2205',
      location: 'Kelder property store',
      found,
      continuity: 'Seized and sealed by DC Doyle, booked in to the store the same day.',
      key: false,
      viewable: false,
    },
    ...(hasDoyle
      ? [
          {
            id: idOf(7, 5),
            reference: 'AD/2',
            description: 'Messages of the suspect that offer tools for sale, as downloaded from his telephone',
            media: 'document',
            producer: ID.officer,
            statement: STATEMENT.doyle,
            found,
            key: true,
            viewable: true,
            ...given({ file: item(story, 'messages') }),
          } as const,
        ]
      : []),
  ];
}

export const materialOf = (story: Story): readonly Row<'material'>[] => {
  if (item(story, 'log') === undefined) return [];
  return [
    {
      id: idOf(8, 1),
      reference: '1',
      description: 'Incident log 312 of the call by Idris Vaughan, with the times at which police came and left',
      use: 'unused',
      relevant: true,
      sensitivity: 'non-sensitive',
      presumption: true,
      meetsTest: 'no',
      reason: 'It agrees with his statement in every time.',
      location: 'Command and control system',
      disclosed: false,
      ...given({ file: item(story, 'log') }),
    },
    {
      id: idOf(8, 2),
      reference: '2',
      description: 'Record of wages paid to Daniel Harlan in his last three months at the workshop',
      use: 'unused',
      relevant: true,
      sensitivity: 'non-sensitive',
      presumption: false,
      meetsTest: 'yes',
      reason: 'One week was paid late, which may support what he says about wages.',
      location: 'Kelder CID, with the case papers',
      disclosed: true,
      ...given({ file: item(story, 'wages') }),
    },
    {
      id: idOf(8, 3),
      reference: '3',
      description: 'Intelligence report about where stolen tools are sold, which names its source',
      use: 'unused',
      relevant: true,
      sensitivity: 'sensitive',
      sensitiveReason: 'It would show who gave it, who would then be at risk.',
      presumption: false,
      meetsTest: 'no',
      reason: 'It does not concern these tools or this suspect.',
      location: 'Intelligence unit',
      disclosed: false,
    },
  ];
};
