/** Where a browser keeps the token of the session, for the pages of one window. */
export const sessionStorageKey = 'chancery.session';
