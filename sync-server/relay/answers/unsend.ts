/**
 * Destroys the content of entries that an organisation wrote itself and that went where they should not: a package in
 * another's intake, or what brought a file into an area. Header and signature stay, so that the order still proves itself;
 * seal, boxes and chunk references go, and cannot be filed again. Of nothing else: what was said stays said.
 */
import { CUSTODY } from '../../../shared/seal/custody.ts';
import type { Header } from '../../../shared/seal/entry/header.ts';
import { decodeHeader } from '../../../shared/seal/entry/header.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import type { Decline, ToRelay } from '../../../shared/wire/link.ts';
import { short } from '../../common/log.ts';
import type { OpenArea } from '../order/areas.ts';
import { chunkRights } from '../chunks/access.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';
import { destroyEntries, erasedForm } from './erase.ts';

export async function unsend(
  relay: Relay,
  link: DeviceLink,
  { area: id, entries }: Extract<ToRelay, { t: 'unsend' }>,
): Promise<Decline | null> {
  const area = relay.areas.find(id);
  if (!area || area.row === null) return 'not here';
  if (!chunkRights(relay, link, id).write) return 'no right';
  const { row } = area;
  const headers = entries.map((entry) => headerOf(relay, row, entry));
  if (headers.some((header) => header === null)) return 'not here';
  if (!headers.every((header) => header !== null && mayUnsend(area, link, header))) return 'no right';
  const found = entries.flatMap((entry) => erasedForm(relay, row, entry) ?? []);
  if (!(await destroyEntries(relay, area, row, found))) return 'storage full';
  relay.log.info({ area: short(id), entries: found.length }, 'unsent');
  return null;
}

function headerOf(relay: Relay, row: number, item: Parameters<typeof relay.logs.entryOf>[1]): Header | null {
  const encoded = relay.logs.entryOf(row, item);
  const entry = encoded && decodeEntry(encoded);
  const header = entry?.ok ? decodeHeader(entry.value.header) : null;
  return header?.ok ? header.value : null;
}

/** Their own, and of the two kinds that hold the key of a file. */
const mayUnsend = ({ intake }: OpenArea, { org }: DeviceLink, header: Header): boolean =>
  header.org === org && (intake ? header.kind === 'package' : header.kind === 'event' && CUSTODY in header.more);
