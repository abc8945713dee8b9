/**
 * The newsroom's program: it runs in a browser, speaks to `/api/v1` alone, and is compiled apart from the server so that neither can
 * reach into the other.
 */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { dress } from './preferences.ts';

dress();
const root = document.getElementById('newsroom');
if (root === null) throw new Error('the document has no place for the newsroom');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
