/**
 * The course of the case: interviews, custody and bail, hearings and pleas, and the reasonable lines of enquiry.
 */
import { EntityList } from '../record/EntityList.tsx';
import type { SectionProps } from './sectionProps.ts';

const ORDER = ['hearings', 'custody', 'interviews', 'pleas', 'enquiries'] as const;

export const Hearings = ({ record, path }: SectionProps) => (
  <div className="stack wide-lists">
    {ORDER.map((list) => (
      <EntityList key={list} list={list} items={record.lists[list]} whole path={path} />
    ))}
  </div>
);
