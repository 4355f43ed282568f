/** The part of the documentation that says what a case is made of: entities, fields, numbers, forms, stages. */
import type { Entity, Field, Form } from '../../../../shared/model/formats/field.ts';
import { FORMS, GROUPS } from '../../../../shared/model/formats/forms.ts';
import { CASE, LISTS, LIST_NAMES, isListName } from '../../../../shared/model/formats/index.ts';
import { STAGES, STAGE_WORDS } from '../../../../shared/model/formats/stages.ts';
import { listed, sourceText, table } from './markdown.ts';

const KINDS: Readonly<Record<Field['type'], string>> = {
  text: 'text',
  'long text': 'text of several lines',
  date: 'date, YYYY-MM-DD',
  time: 'time, HH:MM',
  choice: 'choice',
  'yes-no': 'yes or no',
  number: 'whole number',
  ref: 'one of',
  refs: 'some of',
  urn: 'URN',
  marking: 'marking',
};
const REACHES: Readonly<Record<Field['reach'], string>> = {
  own: 'own organisation',
  team: 'police and prosecution',
  partner: 'any partner',
};

function kindOf(field: Field): string {
  const kind = KINDS[field.type];
  if (field.type === 'choice' || field.type === 'marking') return `${kind}: ${(field.choices ?? []).join(', ')}`;
  if (field.to) {
    const targets = field.to.map((to) => (isListName(to) ? LISTS[to].many.toLowerCase() : to));
    return `${kind}: ${listed(targets, 'or')}`;
  }
  return field.type === 'text' || field.type === 'long text' ? `${kind}, up to ${field.limit}` : kind;
}

function notesOf(field: Field): string {
  const notes = [
    ...(field.nature === 'opinion' ? ['opinion'] : []),
    ...(field.confidential ? ['confidential'] : []),
    ...(field.form ? ['see numbers and codes'] : []),
  ];
  return notes.join('; ');
}

function entitySection(entity: Entity, list: string): string {
  const category = entity.person === null ? [] : [`Category of person: ${entity.person}.`];
  return [
    `### ${entity.many}`,
    '',
    [entity.says, ...category, `In a case: \`${list}\`.`].join(' '),
    '',
    table(
      ['field', 'key', 'what it is', 'notes', 'goes to', 'source'],
      entity.fields.map((field) => [
        field.label,
        `\`${field.key}\``,
        kindOf(field),
        notesOf(field),
        REACHES[field.reach],
        sourceText(field),
      ]),
    ),
  ].join('\n');
}

export function entities(): string {
  const lists = LIST_NAMES.map((list) => entitySection(LISTS[list], list));
  return [
    '## Entities',
    '',
    'A case has fields of its own and lists. A row of a list has an `id` that never changes; what is empty is absent. Every',
    'field says whether it is a fact or an *opinion*; suspects, victims and witnesses are lists of their own and never one.',
    '*Confidential* is never served on the defence, nor put into anything that is made to be served. *Goes to* says how far a',
    'release may take the field; see [what a release takes along](#what-a-release-takes-along).',
    '',
    [entitySection({ ...CASE, many: 'Case' }, 'case'), ...lists].join('\n\n'),
  ].join('\n');
}

function formRow(field: Field, form: Form): readonly string[] {
  const letter = form.checkLetter ? 'its last letter is checked (modulus 23)' : '';
  return [field.label, form.sentence, letter, sourceText(form)];
}

export function numbers(): string {
  const fields: readonly Field[] = [
    ...CASE.fields,
    ...LIST_NAMES.flatMap((list): readonly Field[] => LISTS[list].fields),
  ];
  const rows = fields.flatMap((field) => (field.form ? [formRow(field, field.form)] : []));
  return [
    '## Numbers and codes',
    '',
    'A URN is two digits of the force, two letters or digits of the unit, then seven digits: five of a serial number and two of',
    'the year (that reading is not verified); then M or S where a case was merged or split, and a slash with a number for a part:',
    '`01AB1234526S/2`, shown as 01AB/12345/26(S)/2. It is refused where it has another form. The others advise and never refuse: a',
    'number may come from elsewhere, or be older than its rule.',
    '',
    table(['number', 'form', 'check', 'source'], rows),
  ].join('\n');
}

const SERVED = { served: 'served', confidential: 'never served', depends: 'as somebody decides' } as const;

export function forms(): string {
  const groups = GROUPS.map((group) => {
    const rows = FORMS.filter((form) => form.group === group).map((form) => [
      `\`${form.code}\``,
      form.name,
      SERVED[form.served],
      form.note ?? '',
      sourceText(form),
    ]);
    return `### ${group}\n\n${rows.length === 0 ? 'No form of its own.' : table(['code', 'form', 'defence', 'note', 'source'], rows)}`;
  });
  return [
    '## Forms',
    '',
    'Every file of a case can say which form it is; each form has one of the nine groups in which a prosecutor sees material,',
    'and a file can be put into another. Names are those of policing guides and of the document types of the CPS; how each is used',
    'is general knowledge.',
    '',
    groups.join('\n\n'),
  ].join('\n');
}

export function stages(): string {
  const rows = STAGES.map((stage) => {
    const { name, says } = STAGE_WORDS[stage];
    return [`\`${stage}\``, name, says, sourceText(STAGE_WORDS[stage])];
  });
  return `## Stages\n\nA case is at one stage; by it, a file is judged and acts are allowed.\n\n${table(['stage', 'name', 'what it is', 'source'], rows)}`;
}
