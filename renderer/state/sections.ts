/**
 * The parts in which a case is read and built, in the order of the work: what it is, who it is about, what proves it. One
 * list for the navigation, the keyboard and the links that lead into a case.
 */
export const SECTIONS = [
  { id: 'overview', title: 'Overview' },
  { id: 'file', title: 'File information' },
  { id: 'people', title: 'People and offences' },
  { id: 'statements', title: 'Statements' },
  { id: 'exhibits', title: 'Exhibits' },
  { id: 'material', title: 'Unused material' },
  { id: 'sensitive', title: 'Sensitive material' },
  { id: 'documents', title: 'Documents' },
  { id: 'hearings', title: 'Hearings and custody' },
  { id: 'served', title: 'Defence bundle' },
  { id: 'check', title: 'Check' },
  { id: 'review', title: 'Review and decisions' },
  { id: 'agreement', title: 'Sharing agreement' },
  { id: 'actions', title: 'Action plan' },
  { id: 'deadlines', title: 'Deadlines' },
  { id: 'conversation', title: 'Conversation' },
  { id: 'who', title: 'Who can see this' },
  { id: 'keeping', title: 'Retention and disposal' },
  { id: 'activity', title: 'Activity' },
] as const;

export type Section = (typeof SECTIONS)[number]['id'];
