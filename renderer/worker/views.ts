/**
 * The views that the worker sends, kept for as long as a screen shows them. Owns the watching: one `watch` for a name
 * however many screens use it, again on every new line. Promises that a value shown is the last that was told.
 */
import { useCallback, useSyncExternalStore } from 'react';
import type { PersonView, WhoView } from '../../shared/ipc/access.ts';
import type { AgreementView } from '../../shared/ipc/agreement.ts';
import type { CheckView } from '../../shared/ipc/check.ts';
import type { ServedView } from '../../shared/ipc/exchange.ts';
import type { ShownVersion } from '../../shared/ipc/files.ts';
import type { CaseView, ViewName, Views } from '../../shared/ipc/worker.ts';
import type { ViewNews } from '../../shared/ipc/viewNews.ts';
import { withNews } from '../../shared/ipc/viewNews.ts';
import type { CaseId, VersionId } from '../../shared/primitives/ids.ts';
import { connection, onConnection, onTold } from './connection.ts';

type ValueOf<N extends ViewName> = N extends keyof Views
  ? Views[N]
  : N extends `check:${string}`
    ? CheckView
    : N extends `agreement:${string}`
      ? AgreementView
      : N extends `served:${string}`
        ? ServedView
        : N extends `who:${string}`
          ? WhoView
          : N extends `person:${string}`
            ? PersonView | null
            : N extends `shown:${string}`
              ? ShownVersion | null
              : CaseView;

interface Watched {
  value: unknown;
  readonly listeners: Set<() => void>;
}

const watched = new Map<string, Watched>();

const entryOf = (name: string): Watched => {
  const entry = watched.get(name) ?? { value: undefined, listeners: new Set() };
  watched.set(name, entry);
  return entry;
};

// A line that closes while a call is on its way answers with an error; the next line watches again.
const ask = (does: 'watch' | 'unwatch', name: string): void => {
  void connection()
    ?.worker.call[does](name as ViewName)
    .catch(() => undefined);
};

onTold((name, data) => {
  if (name !== 'view') return;
  const news = data as ViewNews;
  const entry = watched.get(news.name);
  if (!entry) return;
  entry.value = withNews(entry.value, news);
  for (const listener of entry.listeners) listener();
});

onConnection(() => {
  for (const [name, entry] of watched) {
    if (entry.listeners.size > 0) ask('watch', name);
    else watched.delete(name);
  }
});

/** Drops everything that was shown: on locking, nothing of a case stays behind in the window. */
export function forgetViews(): void {
  for (const entry of watched.values()) {
    entry.value = undefined;
    for (const listener of entry.listeners) listener();
  }
}

function subscribe(name: string, listener: () => void): () => void {
  const entry = entryOf(name);
  entry.listeners.add(listener);
  if (entry.listeners.size === 1) ask('watch', name);
  return () => {
    entry.listeners.delete(listener);
    if (entry.listeners.size === 0) ask('unwatch', name);
  };
}

/** The last value of a view; undefined until the worker has told it. */
export function useView<N extends ViewName>(name: N): ValueOf<N> | undefined {
  const subscribeTo = useCallback((listener: () => void) => subscribe(name, listener), [name]);
  return useSyncExternalStore(subscribeTo, () => watched.get(name)?.value as ValueOf<N> | undefined);
}

/** Null: it is not, or no longer, on this computer. */
export const useCase = (id: CaseId): CaseView | null | undefined => useView(`case:${id}`);
export const useCheck = (id: CaseId): CheckView | undefined => useView(`check:${id}`);
export const useAgreement = (id: CaseId): AgreementView | undefined => useView(`agreement:${id}`);
export const useServed = (id: CaseId): ServedView | undefined => useView(`served:${id}`);
/** Null: it may be opened here no more. */
export const useShown = (version: VersionId): ShownVersion | null | undefined => useView(`shown:${version}`);
