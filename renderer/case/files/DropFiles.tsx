/**
 * Files and folders dropped anywhere on a case are added to it. While they hover, the screen says what will happen.
 */
import { useRef, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';

interface DropFilesProps {
  /** Null: here nothing is taken. */
  readonly onDrop: ((files: readonly File[]) => void) | null;
  readonly children: ReactNode;
}

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');

export function DropFiles({ onDrop, children }: DropFilesProps) {
  const [over, setOver] = useState(false);
  // Entering a child comes before leaving its parent: only when all are left has the pointer gone.
  const depth = useRef(0);
  const settle = (change: number): void => {
    depth.current = Math.max(0, depth.current + change);
    setOver(depth.current > 0 && onDrop !== null);
  };
  return (
    <div
      className="drop-place"
      role="presentation"
      onDragEnter={(event) => carriesFiles(event) && settle(1)}
      onDragLeave={(event) => carriesFiles(event) && settle(-1)}
      onDragOver={(event) => carriesFiles(event) && event.preventDefault()}
      onDrop={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        settle(-depth.current);
        onDrop?.([...event.dataTransfer.files]);
      }}
    >
      {children}
      {over && (
        <div className="drop-veil">
          <p>Drop to add to Working papers. Nothing is shared by that.</p>
        </div>
      )}
    </div>
  );
}
