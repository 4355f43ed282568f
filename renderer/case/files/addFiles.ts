/**
 * Adding files to a case, by dialog or by dropping. Paths stay in main: what comes here are tokens that stand for them.
 */
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { useAct } from '../../ui/useAct.ts';
import { worker } from '../../worker/connection.ts';
import { desktop } from '../../worker/desktop.ts';

export interface Adding {
  readonly choose: (what: 'files' | 'folder') => void;
  readonly drop: (files: readonly File[]) => void;
  readonly busy: boolean;
  readonly wrong: string | null;
}

export function useAddFiles(into: CaseId): Adding {
  const act = useAct();
  const add = (tokens: Promise<readonly string[]>): void =>
    void act.run(async () => {
      const chosen = await tokens;
      if (chosen.length === 0) return undefined;
      return worker().addFiles(into, chosen);
    });
  return {
    choose: (what) => add(desktop().chooseFiles(what)),
    drop: (files) => add(desktop().takeDropped(files)),
    busy: act.busy,
    wrong: act.wrong,
  };
}
