/** Every rule of an edition: what it says, at which stages it judges, where it comes from, and whether that was verified. */
import type { OrganisationRules, RuleRow } from '../../shared/ipc/rules.ts';
import { STAGE_WORDS, isStage } from '../../shared/model/formats/stages.ts';
import { Grid } from '../ui/Grid.tsx';
import type { Column } from '../ui/Grid.tsx';
import { Lines } from '../ui/Lines.tsx';

const wordOf = (stage: string): string => (isStage(stage) ? STAGE_WORDS[stage].name : stage);

const COLUMNS: readonly Column<RuleRow>[] = [
  {
    key: 'rule',
    title: 'Rule',
    width: 'minmax(0, 2fr)',
    cell: ({ sentence, code }) => (
      <Lines first={<span>{sentence}</span>}>
        <span className="mono small quiet">{code}</span>
      </Lines>
    ),
  },
  {
    key: 'stages',
    title: 'Judges at',
    width: 'minmax(0, 1fr)',
    cell: ({ stages }) => (stages === 'every' ? 'Every stage' : stages.map(wordOf).join('; ')),
  },
  {
    key: 'source',
    title: 'Source',
    width: 'minmax(0, 1.2fr)',
    cell: ({ source, verified }) => (
      <Lines
        first={
          <span className="two-lines" title={source}>
            {source}
          </span>
        }
      >
        {!verified && <strong className="needs small">Not verified</strong>}
      </Lines>
    ),
  },
];

export const AllRules = ({ rules: { rules, org } }: { readonly rules: OrganisationRules }) => (
  <Grid
    label={`Rules of ${org}`}
    columns={COLUMNS}
    rows={rules}
    idOf={({ code }) => code}
    nameOf={({ sentence }) => sentence}
  />
);
