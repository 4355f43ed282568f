/**
 * Owns the name of the mark that says "this version's plaintext was verified against its SHA-256 on this disk". The name
 * commits to everything that was verified, the key included, so that a changed manifest finds no mark.
 */
import { createHash } from 'node:crypto';
import type { Content } from '../../../shared/ipc/evidence.ts';
import { utf8 } from '../../../shared/primitives/bytes.ts';
import { idBytes } from '../../../shared/primitives/ids.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import { framed } from '../../../shared/primitives/platform.ts';
import { LABEL } from '../../../shared/seal/labels.ts';

export function markOf(content: Content): Hash {
  const { version, size, sha256, key, chunkSize, chunks, sealed } = content;
  const hash = createHash('sha256').update(
    framed(LABEL.verified, idBytes(version), key, idBytes(sha256), utf8(`${size}/${chunkSize}`)),
  );
  if (sealed !== undefined) hash.update(idBytes(sealed));
  for (const chunk of chunks) hash.update(chunk.hash, 'hex');
  return hash.digest('hex') as Hash;
}
