/** What is read anew after an API client was changed. */
export const changedByClients = [
  'clients.list',
  'clients.show',
  'clients.access',
  'tokens.list',
  'system.overview',
  'audit.list',
] as const;
