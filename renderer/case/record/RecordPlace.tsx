/**
 * An open record on the screen: opens its document, shows the word beside it, and gives what is below the record as it
 * stands. Owns which fields hold typing that is not set yet, so that the word never says Saved too early.
 */
import { useCallback, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { AreaView } from '../../../shared/ipc/worker.ts';
import type { CaseRecord } from '../../../shared/model/record.ts';
import { recordRoot } from '../../../shared/model/record.ts';
import { countText } from '../../ui/format.ts';
import type { OpenDocument } from '../../worker/document.ts';
import { useDocument, useSaved, useSynced } from '../../worker/useDocument.ts';
import { useView } from '../../worker/views.ts';
import { RecordContext } from './recordContext.ts';
import { SavedState } from './SavedState.tsx';
import { useActs } from './useActs.ts';
import { useRecord } from './useRecord.ts';

/** An area whose record is open; `sensitive`: one of sensitive material. */
type Place = Pick<AreaView, 'area' | 'record' | 'mayWrite'> & { readonly kind: AreaView['kind'] | 'sensitive' };

interface RecordPlaceProps {
  readonly area: Place;
  readonly title: string;
  /** Told whether all that was written here is saved, again whenever that changes. */
  readonly onSaved?: (is: boolean) => void;
  readonly children: (record: CaseRecord) => ReactNode;
}

export function RecordPlace({ area, title, onSaved, children }: RecordPlaceProps) {
  const opened = useDocument(area.area, area.record);
  const synced = useSynced(opened);
  const saved = useSaved(opened);
  const name = useView('link')?.me.name;
  const [typing, onTyping] = useTyping();
  const isSaved = saved === 'Saved' && typing === 0;
  useEffect(() => onSaved?.(isSaved), [onSaved, isSaved]);
  return (
    <section aria-labelledby="record" className="part">
      <div className="row">
        <h2 id="record">{title}</h2>
        <span className="push">
          <SavedState word={saved === 'Saved' && typing > 0 ? 'Saving…' : saved} />
        </span>
      </div>
      {opened !== null && synced && name !== undefined ? (
        <OpenRecord key={opened.doc.clientID} opened={opened} name={name} area={area} onTyping={onTyping}>
          {children}
        </OpenRecord>
      ) : (
        <p className="quiet">Opening the record…</p>
      )}
    </section>
  );
}

/** How many fields hold typing that is not set yet. */
function useTyping(): readonly [number, (path: string, is: boolean) => void] {
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
  return [typing.size, onTyping];
}

interface OpenRecordProps extends Pick<RecordPlaceProps, 'children'> {
  readonly opened: OpenDocument;
  readonly name: string;
  readonly area: Place;
  readonly onTyping: (path: string, is: boolean) => void;
}

function OpenRecord({ opened, name, area, onTyping, children }: OpenRecordProps) {
  const { doc, provider } = opened;
  const record = useRecord(doc);
  const acts = useActs(recordRoot(doc), name);
  const { kind, mayWrite } = area;
  const context = { root: recordRoot(doc), name, mayWrite, area: area.area, kind, onTyping, record, acts };
  // Presence of this window in the record, as the editor's caret shows it in the summary.
  if (provider.awareness.getLocalState()?.['user'] === undefined)
    provider.awareness.setLocalStateField('user', { name });
  return (
    <RecordContext.Provider value={context}>
      {record.conflicts.length > 0 && (
        <p className="needs" role="status">
          {countText(record.conflicts.length, 'field was', 'fields were')} changed by two people at once.{' '}
          {mayWrite ? 'Choose which value to keep.' : 'Both values are shown.'}
        </p>
      )}
      {children(record)}
      {record.newer.size > 0 && (
        <p className="quiet small">
          A newer version of Joinder wrote {countText(record.newer.size, 'field')} that this one does not know. They are
          kept.
        </p>
      )}
    </RecordContext.Provider>
  );
}
