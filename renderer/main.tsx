/**
 * The entry of the UI thread: owns the React root. Never holds a key.
 */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const container = document.querySelector('#root');
if (container === null) throw new Error('index.html has no #root element to draw in.');

createRoot(container).render(
  <StrictMode>
    <main className="empty">
      <h1>Joinder</h1>
      <p>No cases on this computer yet.</p>
    </main>
  </StrictMode>,
);
