import { app } from 'electron';

/**
 * Lets the application end only after `close` has: quitting waits for it, once, and then exits whatever came of
 * it. What went wrong is told to `log`.
 */
export function quitOnceClosed(close: () => Promise<void>, log: (line: string) => void): void {
  let isClosing = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (isClosing) return;
    isClosing = true;
    close().then(
      () => app.exit(0),
      (error: unknown) => {
        log(`Closing failed: ${error instanceof Error ? error.message : String(error)}`);
        app.exit(1);
      },
    );
  });
}
