/**
 * Which screen is in front, and the way back. View state only: nothing here outlives the window.
 */
import { create } from 'zustand';
import type { CaseId, PackageId, VersionId } from '../../shared/primitives/ids.ts';
import type { AccessPart } from '../access/parts.ts';
import type { Section } from './sections.ts';

export type Route =
  | { readonly at: 'cases' }
  | { readonly at: 'new case' }
  | {
      readonly at: 'case';
      readonly case: CaseId;
      readonly place: 'working papers' | 'case file';
      /** Which part of the case; the overview where nothing is said. */
      readonly section?: Section;
      /** The path of a row or field in the record to come to: `suspects/ID/born`. */
      readonly path?: string;
    }
  | { readonly at: 'package'; readonly case: CaseId; readonly package: PackageId }
  | { readonly at: 'inbox'; readonly package: PackageId | null }
  | { readonly at: 'needs me' }
  /** `past`: their history. */
  | { readonly at: 'transfers'; readonly past?: boolean }
  | { readonly at: 'measures' }
  | { readonly at: 'rules' }
  | { readonly at: 'access'; readonly part: AccessPart | null; readonly id: string | null };

/** What is open over the screen in the viewer. */
export interface Viewing {
  readonly version: VersionId;
  readonly name: string;
}

interface Screens {
  readonly route: Route;
  readonly before: readonly Route[];
  readonly search: string;
  readonly viewing: Viewing | null;
  readonly go: (route: Route) => void;
  readonly back: () => void;
  readonly find: (search: string) => void;
  readonly view: (viewing: Viewing | null) => void;
  readonly reset: () => void;
}

const START = { route: { at: 'cases' }, before: [], search: '', viewing: null } as const;

export const useScreens = create<Screens>((set) => ({
  ...START,
  go: (route) => set((now) => ({ route, viewing: null, before: [...now.before.slice(-20), now.route] })),
  back: () =>
    set((now) => {
      const route = now.before.at(-1);
      return route === undefined
        ? { route: { at: 'cases' } }
        : { route, before: now.before.slice(0, -1), viewing: null };
    }),
  find: (search) => set({ search }),
  view: (viewing) => set({ viewing }),
  reset: () => set(START),
}));
