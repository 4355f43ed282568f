/**
 * What the sieve's disposable worker does: it decodes a remote update and applies it to a mirror of its document, so that
 * whatever hangs, throws or eats memory does so here. It holds no key, keeps nothing, and answers each message once, in
 * order. Its word says only that an update can be applied; whether it may be is judged by `checkEdit`.
 */
import * as Y from 'yjs';
import { isSound } from '../../../shared/seal/entry/edit.ts';
import { isShallow } from './nesting.ts';

/** `begin`: what the document holds now. `known`: what was applied to it since. `try`: what came from elsewhere. */
export type ToSieve =
  | { readonly is: 'begin' | 'known' | 'try'; readonly document: string; readonly update: Uint8Array }
  | { readonly is: 'forget'; readonly document: string };
/** Whether it could be applied; `started` comes once, first. */
export type FromSieve = 'started' | boolean;

export function openSifting(): (message: ToSieve) => boolean {
  const mirrors = new Map<string, Y.Doc>();
  return (message) => {
    if (message.is === 'forget') return mirrors.delete(message.document);
    if (message.is === 'begin') mirrors.set(message.document, new Y.Doc());
    const mirror = mirrors.get(message.document);
    if (!mirror || (message.is === 'try' && !isSound(message.update))) return false;
    try {
      if (message.is === 'try' && !isShallow(mirror, message.update)) return false;
      Y.applyUpdate(mirror, message.update);
      return true;
    } catch {
      return false; // Yjs tells what it cannot integrate by throwing
    }
  };
}
