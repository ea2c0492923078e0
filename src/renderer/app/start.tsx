/** Draws the application once its language is known. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startTranslation } from './i18n.ts';

export async function start(root: Element, nonce: string): Promise<void> {
  await startTranslation();
  createRoot(root).render(
    <StrictMode>
      <App nonce={nonce} />
    </StrictMode>,
  );
}
