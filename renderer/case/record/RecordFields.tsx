/**
 * The case record: fields and lists that keep every value until a person has chosen. Owns which fields hold typing that
 * is not set yet, so that the word beside the record never says Saved too early.
 */
import { useCallback, useState } from 'react';
import type { AreaView } from '../../../shared/ipc/worker.ts';
import type { BasicList } from '../../../shared/model/formats/basic.ts';
import { BASIC_CASE, BASIC_LIST_NAMES } from '../../../shared/model/formats/basic.ts';
import { LISTS } from '../../../shared/model/formats/index.ts';
import { addItem } from '../../../shared/model/list.ts';
import type { RecordItem } from '../../../shared/model/record.ts';
import { recordRoot } from '../../../shared/model/record.ts';
import { Button } from '../../ui/Button.tsx';
import { countText } from '../../ui/format.ts';
import { PlusIcon } from '../../ui/icons.tsx';
import { useView } from '../../worker/views.ts';
import type { OpenDocument } from '../../worker/document.ts';
import { useDocument, useSaved, useSynced } from '../../worker/useDocument.ts';
import { newKey } from './newKey.ts';
import { RecordEntry } from './RecordEntry.tsx';
import { RecordContext } from './recordContext.ts';
import { RegisterField } from './RegisterField.tsx';
import { SavedState } from './SavedState.tsx';
import { authorNow, useRecord } from './useRecord.ts';

export function RecordFields({ area }: { readonly area: AreaView }) {
  const opened = useDocument(area.area, area.record);
  const synced = useSynced(opened);
  const saved = useSaved(opened);
  const name = useView('link')?.me.name;
  const [typing, setTyping] = useState<ReadonlySet<string>>(new Set());
  const onTyping = useCallback((path: string, is: boolean): void => {
    setTyping((before) => {
      if (before.has(path) === is) return before;
      const after = new Set(before);
      if (is) after.add(path);
      else after.delete(path);
      return after;
    });
  }, []);
  return (
    <section aria-labelledby="record" className="part">
      <div className="row">
        <h2 id="record">Case record</h2>
        <span className="push">
          <SavedState word={saved === 'Saved' && typing.size > 0 ? 'Saving…' : saved} />
        </span>
      </div>
      {opened !== null && synced && name !== undefined ? (
        <OpenRecord
          key={opened.doc.clientID}
          opened={opened}
          name={name}
          mayWrite={area.mayWrite}
          onTyping={onTyping}
        />
      ) : (
        <p className="quiet">Opening the record…</p>
      )}
    </section>
  );
}

interface OpenRecordProps {
  readonly opened: OpenDocument;
  readonly name: string;
  readonly mayWrite: boolean;
  readonly onTyping: (path: string, is: boolean) => void;
}

function OpenRecord({ opened, name, mayWrite, onTyping }: OpenRecordProps) {
  const { doc, provider } = opened;
  const record = useRecord(doc);
  const context = { root: recordRoot(doc), name, mayWrite, onTyping };
  // Presence of this window in the record, as the editor's caret shows it in the summary.
  if (provider.awareness.getLocalState()?.['user'] === undefined)
    provider.awareness.setLocalStateField('user', { name });
  return (
    <RecordContext.Provider value={context}>
      {record.conflicts.length > 0 && (
        <p className="needs" role="status">
          {countText(record.conflicts.length, 'field was', 'fields were')} changed by two people at once. Choose which
          value to keep.
        </p>
      )}
      <div className="record-fields">
        {[...record.fields.values()]
          .filter((value) => BASIC_CASE.includes(value.field.key))
          .map((value) => (
            <RegisterField key={value.path} value={value} />
          ))}
      </div>
      {BASIC_LIST_NAMES.map((list) => (
        <RecordList
          key={list}
          list={list}
          items={record.lists[list]}
          onAdd={() => addItem(recordRoot(doc), list, BLANK[list], authorNow(name), newKey())}
          mayWrite={mayWrite}
        />
      ))}
      {record.newer.size > 0 && (
        <p className="quiet small">
          A newer version of Joinder wrote {countText(record.newer.size, 'field')} that this one does not know. They are
          kept.
        </p>
      )}
    </RecordContext.Provider>
  );
}

/** A record needs one value to stand in its list. */
const BLANK: Record<BasicList, Record<string, string>> = {
  suspects: { kind: 'person' },
  offences: {},
  victims: { kind: 'person' },
  witnesses: { kind: 'person' },
};

interface RecordListProps {
  readonly list: BasicList;
  readonly items: readonly RecordItem[];
  readonly onAdd: () => void;
  readonly mayWrite: boolean;
}

function RecordList({ list, items, onAdd, mayWrite }: RecordListProps) {
  const one = LISTS[list].one.toLowerCase();
  return (
    <section className="record-list" aria-label={LISTS[list].many}>
      <div className="row">
        <h3>{LISTS[list].many}</h3>
        {mayWrite && (
          <span className="push">
            <Button small kind="bare" onPress={onAdd}>
              <PlusIcon />
              Add {one}
            </Button>
          </span>
        )}
      </div>
      {items.length === 0 ? (
        <p className="quiet small">None yet.</p>
      ) : (
        <ul>
          {items.map((item, index) => (
            <RecordEntry key={item.id} item={item} number={index + 1} />
          ))}
        </ul>
      )}
    </section>
  );
}
