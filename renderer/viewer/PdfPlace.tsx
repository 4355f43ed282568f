/**
 * Where one is in a document: the page in sight, and a page to go to. What is typed goes nowhere until Enter.
 */
import { useState } from 'react';
import { Input, TextField } from 'react-aria-components';
import { pageOf } from './pdfPlaces.ts';

interface PdfPlaceProps {
  readonly page: number;
  readonly of: number;
  readonly onGo: (page: number) => void;
}

export function PdfPlace({ page, of, onGo }: PdfPlaceProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const wanted = typed === null ? page : pageOf(typed, of);
  const go = (): void => {
    if (wanted === null) return;
    setTyped(null);
    onGo(wanted);
  };
  return (
    <form
      className="pdf-place"
      onSubmit={(event) => {
        event.preventDefault();
        go();
      }}
    >
      <span aria-hidden="true">Page</span>
      <TextField
        aria-label={`Page, of ${of}`}
        value={typed ?? String(page)}
        onChange={setTyped}
        isInvalid={wanted === null}
        validationBehavior="aria"
        autoComplete="off"
        onBlur={() => setTyped(null)}
      >
        <Input className="input" inputMode="numeric" size={String(of).length + 1} />
      </TextField>
      <span>of {of}</span>
    </form>
  );
}
