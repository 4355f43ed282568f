/** How people sign in at this authority, as its administrator set it, and what answers them. */
import type { StrangerAnswer } from '../../../shared/wire/stranger.ts';

export interface SignInSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly claim: 'sub' | 'oid' | 'preferred_username';
  readonly matches: 'externalId' | 'userName';
  readonly admits: 'automatic' | 'compared';
  /** Of 127.0.0.1; empty: any. */
  readonly ports: readonly number[];
}

/** The path that browsers are sent back to, which a provider must know. */
export const REDIRECT_PATH = '/joinder/signed-in';

export interface SignIn {
  readonly settings: SignInSettings;
  begin(port: number, challenge: string, state: string): Promise<StrangerAnswer>;
  finish(id: string, query: string, verifier: string): Promise<StrangerAnswer>;
}
