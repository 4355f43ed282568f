/** What a disposal destroys, on which computers, and whose copies remain. Both people read this before they act. */
import type { DisposalPreview } from '../../../shared/ipc/keeping.ts';
import { sizeText, countText } from '../../ui/format.ts';

export const WhatGoes = ({ preview }: { readonly preview: DisposalPreview }) => (
  <div className="what-goes">
    <h3>This is destroyed</h3>
    <ul>
      <li>
        {countText(preview.files, 'file')}, {sizeText(preview.bytes)}, and the keys that open them
      </li>
      <li>
        The case record, the summary, the conversation and every decision: {countText(preview.entries, 'signed record')}
      </li>
      {preview.packages > 0 && <li>Your organisation’s copy of {countText(preview.packages, 'package')}</li>}
      <li>What the relay keeps of it for your organisation</li>
    </ul>
    <h3>On these computers</h3>
    <ul>
      {preview.computers.map((name) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
    <h3>This remains</h3>
    <ul>
      <li>The record of the disposal: URN, who, when, why, and which computers have destroyed what they held</li>
      {preview.remains.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
      <li>Whatever was printed, photographed or copied outside Joinder</li>
    </ul>
  </div>
);
