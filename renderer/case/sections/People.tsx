/**
 * Who the case is about and what they are said to have done. Suspects, victims and witnesses are lists of their own and
 * never mixed (Data Protection Act 2018, s.38).
 */
import { EntityList } from '../record/EntityList.tsx';
import type { SectionProps } from './sectionProps.ts';

const ORDER = ['suspects', 'offences', 'victims', 'witnesses'] as const;

export const People = ({ record, path }: SectionProps) => (
  <div className="stack wide-lists">
    {ORDER.map((list) => (
      <EntityList key={list} list={list} items={record.lists[list]} whole path={path} />
    ))}
  </div>
);
