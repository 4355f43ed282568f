/**
 * Files that a person chose, beyond the life of a token: main seals their paths for the sync worker to keep, and gives fresh
 * tokens for what it sealed itself. The worker never sees a path, and can name none.
 */
import type { ChosenCalls } from '../../shared/ipc/vault.ts';
import type { PathSeal } from '../vault/paths.ts';
import type { EvidenceProcess } from './evidenceProcess.ts';

export const chosenCalls = (paths: PathSeal, evidence: Pick<EvidenceProcess, 'offer' | 'take'>): ChosenCalls => ({
  keepChosen: (tokens) => paths.seal(evidence.take(tokens)),
  chooseAgain: async (kept) => Promise.all((await paths.open(kept)).map((path) => evidence.offer(path, 'read'))),
});
