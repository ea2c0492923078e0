import type { BrowserContext, ConsoleMessage } from 'playwright-core';

const loopback = /^(https:\/\/127\.0\.0\.1:\d+\/|blob:https:\/\/127\.0\.0\.1:\d+\/|data:|about:)/;

/**
 * Reports everything that a window should not do: errors in its console, exceptions, violations of the content
 * security policy, and requests to anything but this machine.
 */
export async function listenForComplaints(
  context: BrowserContext,
  report: (complaint: string) => void,
): Promise<void> {
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      reportError(new Error(`violates ${violatedDirective}: ${blockedURI} (${sourceFile})`));
    });
  });
  context.on('console', (message) => {
    if (isTrouble(message)) report(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => report(`exception: ${error.error().stack ?? error.error().message}`));
  context.on('request', (request) => {
    if (!loopback.test(request.url())) report(`request to ${request.url()}`);
  });
}

/** Chromium logs each refusal of the API as an error; refusing (503: while it is locked) is what the service is there for. */
function isTrouble(message: ConsoleMessage): boolean {
  if (message.type() !== 'error' && message.type() !== 'warning') return false;
  const isRefusal = /^Failed to load resource: the server responded with a status of (4\d\d|503)/.test(
    message.text(),
  );
  return !(isRefusal && message.location().url.includes('/api/v1/'));
}
