/**
 * What a release would newly show to its receiver, asked again whenever the choices change. An answer that a newer
 * question has overtaken is dropped.
 */
import { useEffect, useState } from 'react';
import type { Release, ReleasePreview } from '../../shared/ipc/release.ts';
import { ACT_SENTENCES } from '../ui/sentences.ts';
import { worker } from '../worker/connection.ts';

export type PreviewState =
  | { readonly is: 'none' }
  | { readonly is: 'asking' }
  | { readonly is: 'shown'; readonly preview: ReleasePreview }
  | { readonly is: 'wrong'; readonly sentence: string };

const AFTER = 150;

export function usePreview(release: Release | null): PreviewState {
  const [answer, setAnswer] = useState<PreviewState>({ is: 'asking' });
  // The choices by value: a new object with the same choices asks nothing new. The note changes nothing that is previewed.
  const asked = release === null ? null : JSON.stringify({ ...release, note: '' });
  useEffect(() => {
    if (asked === null) return undefined;
    let overtaken = false;
    const look = async (): Promise<void> => {
      const next = await ask(JSON.parse(asked) as Release);
      if (!overtaken) setAnswer(next);
    };
    const timer = setTimeout(() => void look(), AFTER);
    return () => {
      overtaken = true;
      clearTimeout(timer);
    };
  }, [asked]);
  return asked === null ? { is: 'none' } : answer;
}

async function ask(release: Release): Promise<PreviewState> {
  try {
    const outcome = await worker().previewRelease(release);
    return outcome.ok
      ? { is: 'shown', preview: outcome.value }
      : { is: 'wrong', sentence: ACT_SENTENCES[outcome.cause] };
  } catch {
    return { is: 'wrong', sentence: 'Joinder was interrupted. Close this and try again.' };
  }
}
