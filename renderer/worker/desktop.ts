/**
 * The bridge that the preload script put on this window. Owns nothing; promises one typed place to reach it from.
 */
import type { JoinderApi } from '../../shared/ipc/preload.ts';

declare global {
  interface Window {
    readonly joinder: JoinderApi;
  }
}

export const desktop = (): JoinderApi => window.joinder;
