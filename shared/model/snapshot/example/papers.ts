/**
 * The example's files and what each is: which stages have which, by form. One table gives the file facts, the rows of the
 * documents, and the ids that statements, exhibits and material refer to.
 */
import type { Row } from '../../formats/index.ts';
import type { CaseForm, FormCode } from '../../formats/forms.ts';
import { formOf } from '../../formats/forms.ts';
import type { Stage } from '../../formats/stages.ts';
import type { FileFacts } from '../facts.ts';
import type { Story } from './story.ts';
import { ID, OFFICER, PROSECUTION, day, hashOf, idOf, timeOf } from './story.ts';

interface Paper {
  readonly form: FormCode;
  readonly title: string;
  readonly name: string;
  readonly bytes: number;
  readonly about?: readonly string[];
  readonly type?: string;
  readonly use?: 'used' | 'unused';
  readonly stages: readonly Stage[];
}

const ALL: readonly Stage[] = ['charging', 'charging-threshold', 'gap', 'ngap', 'upgrade', 'trial'];
const CHARGING: readonly Stage[] = ['charging', 'charging-threshold'];
const FULL: readonly Stage[] = ['charging', 'ngap', 'upgrade', 'trial'];
const CHARGED: readonly Stage[] = ['gap', 'ngap', 'upgrade', 'trial'];
const CONTESTED: readonly Stage[] = ['ngap', 'upgrade', 'trial'];

const paper = (
  form: FormCode,
  title: string,
  name: string,
  kilobytes: number,
  stages: readonly Stage[],
  more: Partial<Pick<Paper, 'about' | 'type' | 'use'>> = {},
): Paper => ({ form, title, name, bytes: kilobytes * 1000, stages, ...more });

const SUSPECT = { about: [ID.suspect] } as const;
const PELL = { about: [ID.owner] } as const;
const VAUGHAN = { about: [ID.neighbour] } as const;
const DOYLE = { about: [ID.officer] } as const;

/** The papers by number; the number is the item's. */
const PAPERS = {
  mg3: paper('MG3', 'Report for a charging decision', 'MG3 Harlan.pdf', 184, CHARGING, SUSPECT),
  mg4: paper('MG4', 'Charge', 'MG4 Harlan.pdf', 61, CHARGED, SUSPECT),
  mg5: paper('MG5', 'Police report', 'MG5 Harlan.pdf', 143, ALL, SUSPECT),
  mg6: paper('MG6', 'Case file information', 'MG6 Harlan.pdf', 92, CHARGED),
  mg6c: paper('MG6C', 'Schedule of non-sensitive unused material', 'MG6C Harlan.pdf', 71, FULL),
  mg6d: paper('MG6D', 'Schedule of sensitive unused material', 'MG6D Harlan.pdf', 51, FULL),
  mg6e: paper('MG6E', 'Disclosure officer\u2019s report', 'MG6E Harlan.pdf', 49, FULL),
  sdc: paper('SDC', 'Streamlined disclosure certificate', 'SDC Harlan.pdf', 41, ['gap']),
  mg9: paper('MG9', 'Witness list', 'MG9 Harlan.pdf', 45, CONTESTED),
  mg10: paper('MG10', 'Witness non-availability', 'MG10 Harlan.pdf', 43, CONTESTED),
  mg11a: paper('MG11', 'Statement of Ruth Pell', 'MG11 PELL Ruth.pdf', 112, ALL, PELL),
  back11a: paper('MG11R', 'Back sheet, Ruth Pell', 'MG11 back sheet PELL Ruth.pdf', 31, ALL, PELL),
  mg11b: paper('MG11', 'Statement of Idris Vaughan', 'MG11 VAUGHAN Idris.pdf', 98, ALL, VAUGHAN),
  back11b: paper('MG11R', 'Back sheet, Idris Vaughan', 'MG11 back sheet VAUGHAN Idris.pdf', 31, ALL, VAUGHAN),
  mg11c: paper('MG11', 'Statement of Amira Doyle', 'MG11 DOYLE Amira.pdf', 86, FULL, DOYLE),
  back11c: paper('MG11R', 'Back sheet, Amira Doyle', 'MG11 back sheet DOYLE Amira.pdf', 31, FULL, DOYLE),
  mg12: paper('MG12', 'Exhibit list', 'MG12 Harlan.pdf', 47, CONTESTED),
  mg15: paper('MG15', 'Record of interview', 'MG15 HARLAN Daniel.pdf', 122, ALL, SUSPECT),
  mg16: paper('MG16', 'Bad character', 'MG16 HARLAN Daniel.pdf', 55, CONTESTED, SUSPECT),
  pnc: paper('PNC', 'Previous convictions', 'PNC HARLAN Daniel.pdf', 37, ALL, SUSPECT),
  list: paper('EXHIBIT', 'RP/1 List of tools with receipts', 'RP-1 list of tools.pdf', 2457, ALL),
  film: paper('EXHIBIT', 'RP/2 Film of the yard camera', 'RP-2 yard camera.mp4', 734_003, ALL, { type: 'video/mp4' }),
  photo: paper('EXHIBIT', 'IV/1 Photograph of the van', 'IV-1 van.jpg', 5242, ALL, { type: 'image/jpeg' }),
  messages: paper('EXHIBIT', 'AD/2 Messages offering tools', 'AD-2 messages.pdf', 819, FULL),
  log: paper('OTHER', 'Incident log', 'Incident log 312.pdf', 204, FULL, { use: 'unused' }),
  wages: paper('OTHER', 'Record of wages', 'Record of wages.pdf', 153, FULL, { use: 'unused' }),
} as const satisfies Record<string, Paper>;

type PaperName = keyof typeof PAPERS;
const NAMES = Object.keys(PAPERS) as PaperName[];
const paperOf = (name: PaperName): Paper => PAPERS[name];
const numberOf = (name: PaperName): number => NAMES.indexOf(name) + 1;

/** The item id of a paper, where the stage has it. */
export function item({ stage }: Story, name: PaperName): string | undefined {
  return paperOf(name).stages.includes(stage) ? idOf(16, numberOf(name)) : undefined;
}
export const shaOf = (name: PaperName): string => hashOf(0xa1_00 + numberOf(name));
export const versionOf = (name: PaperName): string => idOf(17, numberOf(name));
export const papersAt = ({ stage }: Story): readonly PaperName[] =>
  NAMES.filter((name) => paperOf(name).stages.includes(stage));

/** The papers that went with the request for a charging decision. */
export const sentForCharging = (story: Story): readonly PaperName[] =>
  papersAt(story).filter((name) => paperOf(name).stages.includes('charging'));

export const filesOf = (story: Story): readonly FileFacts[] =>
  papersAt(story).map((name): FileFacts => {
    const { name: fileName, bytes, type = 'application/pdf' } = paperOf(name);
    const before = story.charged && sentForCharging(story).includes(name);
    return {
      item: idOf(16, numberOf(name)),
      version: versionOf(name),
      number: 1,
      name: fileName,
      type,
      bytes,
      sha256: shaOf(name),
      added: timeOf(story, before ? -30 : -1),
      addedBy: OFFICER,
      found: [],
      releasedTo: before ? [PROSECUTION] : [],
    };
  });

/** A back sheet and what is confidential are never served; an exhibit or a form of the court is, once there is a charge. */
const isServed = (form: CaseForm | null, { charged }: Story): boolean => charged && form?.served === 'served';

export const documentsOf = (story: Story): readonly Row<'documents'>[] =>
  papersAt(story).map((name): Row<'documents'> => {
    const { form, title, about, use } = paperOf(name);
    const known = formOf(form);
    return {
      id: idOf(16, numberOf(name)),
      title,
      group: use === 'unused' ? 'Unused material' : (known?.group ?? 'Other'),
      form,
      use: use ?? (known?.group === 'Unused material' ? 'none' : 'used'),
      marking: known?.served === 'served' ? 'OFFICIAL' : 'OFFICIAL-SENSITIVE',
      served: isServed(known, story),
      ...(about && { about }),
      dated: day(story, -30),
    };
  });
