/**
 * The case record of a place, read and not written, for as long as a screen shows something of it.
 */
import { useEffect, useState } from 'react';
import type { AreaView } from '../../../shared/ipc/worker.ts';
import type { CaseRecord } from '../../../shared/model/record.ts';
import { readRecord, recordRoot } from '../../../shared/model/record.ts';
import { useDocument, useSynced } from '../../worker/useDocument.ts';

/** Null until the worker has handed it over. */
export function useRecordOf(area: Pick<AreaView, 'area' | 'record'>): CaseRecord | null {
  const opened = useDocument(area.area, area.record);
  const synced = useSynced(opened);
  const [record, setRecord] = useState<CaseRecord | null>(null);
  useEffect(() => {
    if (opened === null || !synced) return undefined;
    const root = recordRoot(opened.doc);
    const look = (): void => setRecord(readRecord(opened.doc));
    look();
    root.observeDeep(look);
    return () => root.unobserveDeep(look);
  }, [opened, synced]);
  return record;
}
