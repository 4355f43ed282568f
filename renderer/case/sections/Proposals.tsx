/**
 * What files that nobody has sorted yet may be, by their names: proposals, which a person takes one by one or all at once.
 * Promises that nothing is written but what was taken, that a whole taking is one update of the record, and that a field
 * which somebody has filled is never written over.
 */
import { useContext, useState } from 'react';
import { valueOf } from '../../../shared/model/record.ts';
import type { CaseRecord } from '../../../shared/model/record.ts';
import type { Proposal } from '../../../shared/model/exchange/propose.ts';
import { propose } from '../../../shared/model/exchange/propose.ts';
import { FORM_CODES, FORMS } from '../../../shared/model/formats/forms.ts';
import { addItem, itemField } from '../../../shared/model/list.ts';
import type { Root } from '../../../shared/model/register.ts';
import { inOneStep, setField } from '../../../shared/model/register.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { countText } from '../../ui/format.ts';
import { LongList } from '../../ui/LongList.tsx';
import { newKey } from '../record/newKey.ts';
import { RecordContext } from '../record/recordContext.ts';
import { authorNow } from '../record/useRecord.ts';

interface Unsorted {
  readonly id: string;
  readonly name: string;
}
interface Proposed extends Unsorted {
  readonly what: Proposal;
}

/** So many at a time: what is accepted together can be read before. */
const MOST = 50;
const CHOICES = FORM_CODES.map((code) => ({ value: code, text: code }));

export function Proposals({ files, record }: { readonly files: readonly Unsorted[]; readonly record: CaseRecord }) {
  const place = useContext(RecordContext);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [changed, setChanged] = useState<ReadonlyMap<string, Proposal>>(new Map());
  const all = files.flatMap(({ id, name }): Proposed[] => {
    const what = changed.get(id) ?? propose(name);
    return what && !left.has(id) ? [{ id, name, what }] : [];
  });
  const proposed = all.slice(0, MOST);
  if (place === null || !place.mayWrite || proposed.length === 0) return null;
  const take = (taken: readonly Proposed[]): void =>
    inOneStep(place.root, () => taken.forEach((one) => apply(place.root, record, one, place.name)));
  return (
    <section className="part stack" aria-labelledby="proposals">
      <div className="row">
        <h3 id="proposals">
          Proposed by name, for {countText(proposed.length, 'file')}
          {all.length > MOST && ` of ${all.length}`}
        </h3>
        <span className="push">
          <Button small onPress={() => take(proposed)}>
            Accept all
          </Button>
        </span>
      </div>
      <LongList scrolls className="proposals" label="Proposals" items={proposed} keyOf={({ id }) => id} height={58}>
        {(one) => (
          <div className="row">
            <span id={`proposed-${one.id}`}>
              <strong>{one.name}</strong> {saysOf(one.what, record)}
            </span>
            <span className="push row">
              <Choice
                label={`Form of ${one.name}`}
                unseen
                value={one.what.form}
                options={CHOICES}
                onChange={(form) => setChanged(new Map(changed).set(one.id, withForm(one.what, form)))}
              />
              <Button small about={`proposed-${one.id}`} onPress={() => take([one])}>
                Accept
              </Button>
              <Button
                small
                kind="bare"
                about={`proposed-${one.id}`}
                onPress={() => setLeft(new Set([...left, one.id]))}
              >
                Leave
              </Button>
            </span>
          </div>
        )}
      </LongList>
    </section>
  );
}

const withForm = (before: Proposal, code: Proposal['form']): Proposal => ({
  form: code,
  group: FORMS.find((form) => form.code === code)?.group ?? 'Other',
  witness: code === 'MG11' ? before.witness : null,
  exhibit: code === 'EXHIBIT' ? before.exhibit : null,
});

/** The one victim or witness whose name has most of these words; null: none, or more than one. */
function personOf(record: CaseRecord, words: string | null): { readonly id: string; readonly name: string } | null {
  if (words === null) return null;
  const wanted = wordsOf(words);
  const counted = [...record.lists.victims, ...record.lists.witnesses].map((person) => {
    const has = new Set(['family', 'name'].flatMap((key) => wordsOf(valueOf(person.fields, key))));
    return { person, same: wanted.filter((word) => has.has(word)).length };
  });
  const most = Math.max(1, ...counted.map(({ same }) => same));
  const found = counted.filter(({ same }) => same === most);
  return found.length === 1 ? (found[0]?.person ?? null) : null;
}
const wordsOf = (name: string): readonly string[] =>
  name
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '');

function saysOf({ group, form, witness, exhibit }: Proposal, record: CaseRecord): string {
  const known = personOf(record, witness);
  const more =
    form === 'MG11'
      ? `, and a statement${known ? ` of ${known.name}` : witness === null ? '' : ` (${witness} is not one person of this case)`}`
      : exhibit === null
        ? ''
        : `, and the exhibit ${exhibit}`;
  return `${group}, ${form}${more}`;
}

/** Writes what was taken: group and form, and the statement or exhibit that the file is, unless one names it already. */
function apply(root: Root, record: CaseRecord, { id, what }: Proposed, name: string): void {
  const author = authorNow(name);
  const row = record.lists.documents.find((item) => item.id === id);
  for (const [key, value] of [
    ['group', what.group],
    ['form', what.form],
  ] as const)
    if (!row || valueOf(row.fields, key) === '') setField(root, itemField('documents', id, key), value, author);
  const names = (list: 'statements' | 'exhibits'): boolean =>
    record.lists[list].some(({ fields }) => valueOf(fields, 'file') === id);
  if (what.form === 'MG11' && !names('statements')) {
    const witness = personOf(record, what.witness)?.id;
    addItem(root, 'statements', { kind: 'MG11', file: id, witness }, author, newKey());
  }
  if (what.exhibit === null || names('exhibits')) return;
  const same = record.lists.exhibits.filter(({ fields }) => valueOf(fields, 'reference') === what.exhibit);
  const [exhibit] = same;
  if (same.length === 0) addItem(root, 'exhibits', { reference: what.exhibit, file: id }, author, newKey());
  else if (exhibit && same.length === 1 && valueOf(exhibit.fields, 'file') === '')
    setField(root, itemField('exhibits', exhibit.id, 'file'), id, author);
}
