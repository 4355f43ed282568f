/**
 * A computer's evidence process and what main does for it, in this process: the real store, sealing and paths on the computer's
 * own folder. What a test can do to it is to let no more of what it tells through, as when everything is killed.
 */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Evidence } from '../../../electron/evidence/evidence.ts';
import { startEvidence } from '../../../electron/evidence/evidence.ts';
import { chosenCalls } from '../../../electron/processes/chosen.ts';
import type { PathSeal } from '../../../electron/vault/paths.ts';
import type { Desktop } from '../../../renderer/sync/desktop.ts';
import type { EvidenceCalls, OfferedFor } from '../../../shared/ipc/evidence.ts';
import type { ChosenCalls } from '../../../shared/ipc/vault.ts';

export class EvidenceLine {
  readonly folder: string;
  /** So many more files that were sealed get through; after the last nothing does, until the next session. */
  passes = Infinity;
  private readonly offers = new Map<string, string>();
  private evidence: Promise<Evidence> | null = null;
  private line = 0;

  constructor(computer: string) {
    this.folder = path.join(computer, 'evidence');
  }

  /** What a person chose, as tokens. */
  choose(paths: readonly string[]): Promise<string[]> {
    return Promise.all(paths.map((chosen) => this.offer(chosen)));
  }
  /** A folder that a person chose to write into, as a token. */
  chooseFolder(folder: string): Promise<string> {
    return this.offer(folder, 'folder');
  }

  /** A new session's line; it ends the one before. */
  async connect(
    paths: PathSeal,
    desktop: () => Desktop | null,
  ): Promise<{ readonly evidence: EvidenceCalls; readonly chosen: ChosenCalls }> {
    this.evidence ??= startEvidence(this.folder);
    const evidence = await this.evidence;
    const line = ++this.line;
    this.passes = Infinity;
    const { calls } = evidence.attach((name, data) => {
      if (line !== this.line || this.passes <= 0) return;
      if (Array.isArray(data))
        return void desktop()
          ?.moving.heard(data)
          .catch(() => {}); // as the desk does
      if (!('news' in data)) return desktop()?.sticks.heard(data);
      if (name === 'import' && data.news.is === 'sealed') this.passes--;
      desktop()?.importing.heard(data.id, data.news);
    });
    return {
      evidence: calls,
      chosen: chosenCalls(paths, { offer: (chosen) => this.offer(chosen), take: (tokens) => this.take(tokens) }),
    };
  }

  async stop(): Promise<void> {
    await (await this.evidence)?.host.stop();
  }

  private async offer(chosen: string, use: OfferedFor = 'read'): Promise<string> {
    const token = randomBytes(16).toString('hex');
    this.offers.set(token, chosen);
    await (await this.evidence)?.host.offer(token, chosen, use);
    return token;
  }
  private take(tokens: readonly string[]): readonly string[] {
    return tokens.flatMap((token) => {
      const chosen = this.offers.get(token);
      return chosen !== undefined && this.offers.delete(token) ? [chosen] : [];
    });
  }
}
