/**
 * The entry of the UI thread: owns the React root. Never holds a key.
 */
import '@fontsource-variable/atkinson-hyperlegible-mono/index.css';
import '@fontsource-variable/atkinson-hyperlegible-next/index.css';
import './ui/base.css';
import './state/theme.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';

const container = document.querySelector('#root');
if (container === null) throw new Error('index.html has no #root element to draw in.');

createRoot(container).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
