import { createLogger, type Logger } from 'vite';

/** Vite's logger without what electron-vite says about a base that we set on purpose. */
export function quietLogger(): Logger {
  const logger = createLogger('warn');
  return {
    ...logger,
    warn: (message, options) => {
      if (!message.includes('Should not set "base" option')) logger.warn(message, options);
    },
  };
}
