/** What is done with files: adding them, opening and exporting a version, and what proves it. */
import type { Origin } from '../model/events.ts';
import type { CaseId, Hash, VersionId } from '../primitives/ids.ts';
import type { Result } from '../primitives/result.ts';
import type { ByteCount } from '../primitives/units.ts';
import type { ActCause } from './causes.ts';
import type { PassportView } from './passport.ts';

export interface VersionCalls {
  addFiles(into: CaseId, tokens: readonly string[]): Promise<Result<string, ActCause>>;
  /** One file as a new version of a version that was added here, or as a copy made from it; answers the import's id. */
  addFrom(version: VersionId, how: Origin, token: string): Promise<Result<string, ActCause>>;
  cancelImport(id: string): Promise<void>;
  /** Tries what an import that has ended did not add once more, where its sources can be read again. */
  addAgain(id: string): Promise<Result<null, ActCause>>;
  /** A person has read how an import ended: it leaves the screen, and is not gone on with. */
  seenImport(id: string): Promise<void>;
  /** A handle for reading the plaintext by range over the window's own port to the evidence process. */
  openVersion(
    version: VersionId,
  ): Promise<Result<{ handle: string; name: string; type: string; size: ByteCount; whole: boolean }, ActCause>>;
  closeVersion(handle: string): Promise<void>;
  /** A person saw a page or frame of it: recorded once, signed. */
  recordOpened(version: VersionId): Promise<Result<null, ActCause>>;
  /** Exports to where the token stands for; a recorded act that counts as opened. */
  exportVersion(version: VersionId, token: string): Promise<Result<{ sha256: Hash }, ActCause>>;
  /** The proof of a receipt: signed header (hex), signature (hex), device key (hex) and what it says. */
  showProof(
    proof: Hash,
  ): Promise<Result<{ lines: readonly { label: string; value: string }[]; verified: boolean }, ActCause>>;
  /** All that is signed of a version, each proof checked now. */
  passportOf(version: VersionId): Promise<Result<PassportView, ActCause>>;
  /** Writes it: `json` with every proof, for who checks it without Joinder; `pdf` for reading. */
  savePassport(version: VersionId, token: string, as: 'json' | 'pdf'): Promise<Result<{ sha256: Hash }, ActCause>>;
}
