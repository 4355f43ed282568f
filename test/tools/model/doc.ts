/**
 * The documentation of the common data model, made from the tables and rule data that the application itself reads, so
 * that it cannot say otherwise. `docs/data-model.md` is this text; a test compares them.
 */
import { FOUND } from '../../../shared/model/snapshot/facts.ts';
import { FORMAT, VERSION } from '../../../shared/model/snapshot/schema.ts';
import { entities, forms, numbers, stages } from './doc/formats.ts';
import { agreements, process } from './doc/process.ts';
import { checks, otherRules, permissions } from './doc/rules.ts';
import { table } from './doc/markdown.ts';

const HEAD = `# The common data model

What police and prosecution hold of a case in common: its formats, the stages it goes through, who may do what, and what a
file is judged by. This page is made by \`npm run model -- doc\` from the tables that the application itself reads
(\`shared/model/formats/\`, \`shared/model/rules/data/\`); change those, not this page. Words are those of the
[glossary](glossary.md).

Everything names its source. "Not verified" means general knowledge of the field that nobody has yet checked in a source: it
may advise and never refuses, and is not to be quoted as law.

Contents: [Entities](#entities) \u00b7 [Numbers and codes](#numbers-and-codes) \u00b7 [Forms](#forms) \u00b7 [Stages](#stages) \u00b7
[Process](#process) \u00b7 [Permissions](#permissions) \u00b7 [Sharing agreements](#sharing-agreements) \u00b7
[What a release takes along](#what-a-release-takes-along) \u00b7 [What a file is judged by](#what-a-file-is-judged-by) \u00b7
[Deadlines](#deadlines) \u00b7 [How long a case is kept](#how-long-a-case-is-kept) \u00b7 [A case as JSON](#a-case-as-json)`;

const CROSSING = `## What a release takes along

Nothing crosses to another organisation but by value and by a release. Of the record a release takes:

- the fields of the case and of its rows, as far as each may go; what no table knows never goes;
- rows that stand for a file (documents, statements, exhibits, material and interviews with a file) only when that file is
  released to that organisation, now or before. A statement without a file stays, and so does an exhibit, unless it is a thing;
- of references, only those to rows and files that go along;
- material only where everybody who said something about it said that it is not sensitive.

A later release brings the rows that are not there yet, under the ids they have, and what was changed since an earlier one. It replaces nothing that somebody
wrote there: both stand, as a conflict. It brings back nothing that was taken off a list there.`;

const json = (): string =>
  [
    '## A case as JSON',
    '',
    `One value, with \`"format": "${FORMAT}"\` and \`"version": ${VERSION}\`; \`npm run model -- schema\` prints its JSON Schema and`,
    '`npm run model -- example` a good one. Besides the entities it holds:',
    '',
    table(
      ['key', 'what it is'],
      [
        ['`summary`', 'the case summary as plain text'],
        [
          '`files`',
          'every version: item, number, name, type, bytes, SHA-256, when and by whom it was added, what was found in it, to whom it was released',
        ],
        [
          '`packages`',
          'every package: to whom, for what, when, which versions, what became of it, and the reasons for a return',
        ],
        [
          '`work`',
          'reviews, actions, decisions, certificates, messages and the rest of the work, as their signed facts add up',
        ],
        ['`conflicts`', 'fields that several people set at once, with every value, by path'],
        ['`newer`', 'paths that this version does not understand. What stands there is kept and passed on'],
        ['`unread`', 'by path, what stands in a known field and is not of its type'],
      ],
    ),
    '',
    'A path is like `case/officerPhone` or `suspects/ID/born`. What may be found in a file when it is added:',
    `${FOUND.map((code) => `\`${code}\``).join(', ')}.`,
    '',
    'A record of an older version opens. Of a case that a newer version wrote, what is understood is read; unknown keys stay where',
    'they are, and values that a known field cannot hold are kept in `unread`: both go along when it is exported, and find their',
    'place again in the version that knows them. A marking above OFFICIAL-SENSITIVE is refused always.',
  ].join('\n');

/** The whole page. */
export const dataModel = (): string =>
  `${[HEAD, entities(), numbers(), forms(), stages(), process(), permissions(), agreements(), CROSSING, checks(), otherRules(), json()].join('\n\n')}\n`;
