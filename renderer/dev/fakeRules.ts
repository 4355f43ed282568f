/** Rule data for looking at the screen: an edition of one's own with a change, one that was refused, a partner's. */
import type { EditionRow, OrganisationRules, RuleRow } from '../../shared/ipc/rules.ts';
import type { Hash } from '../../shared/primitives/ids.ts';

const rule = (code: string, sentence: string, verified = true): RuleRow => ({
  code,
  sentence,
  stages: code.startsWith('mg3') ? ['charging', 'charging-threshold'] : 'every',
  source: 'National File Standard',
  verified,
});
const RULES = [
  rule('officer-phone-missing', 'There is no telephone number of the officer in the case. Add one.'),
  rule('mg3-missing', 'There is no MG3. Add the report to the prosecutor and say that it is one.'),
  rule('media-not-said', 'Nothing says whether hard media was provided. Say so in the case.', false),
];
const edition = (organisation: string, name: string): EditionRow => ({
  name: `Rules of ${organisation}`,
  edition: name,
  organisation,
  from: '2026-11-01',
  to: null,
  sha256: '5d1ce09b'.repeat(8) as Hash,
});

export const fakeRules = (empty: boolean, at: number): readonly OrganisationRules[] => [
  {
    org: 'Northmere Police',
    own: true,
    edition: edition('Northmere Police', '2026-11'),
    published: empty ? null : at,
    rules: RULES,
    files: [{ name: 'file-standard.json', title: 'What a file is sent back for' }],
    changes: empty ? [] : [{ is: 'new', code: 'media-not-said', sentence: RULES[2]?.sentence ?? '' }],
    changedFiles: empty ? [] : ['time-limits.json'],
    waiting: empty
      ? []
      : [{ edition: { ...edition('Northmere Police', '2027-01'), from: '2027-01-01' }, published: at }],
    refused: empty
      ? []
      : [
          {
            name: 'Rules of Northmere Police',
            edition: '2026-12',
            sha256: 'ab'.repeat(32) as Hash,
            published: at,
            is: 'ill-formed',
            why: ['file-standard.json, rules/3/require: It needs one condition.'],
          },
        ],
  },
  {
    org: 'Mercia Prosecution Service',
    own: false,
    edition: edition('Joinder', '2026-11'),
    published: null,
    rules: RULES.slice(0, 2),
    files: [{ name: 'file-standard.json', title: 'What a file is sent back for' }],
    changes: [],
    changedFiles: [],
    waiting: [],
    refused: [],
  },
];
