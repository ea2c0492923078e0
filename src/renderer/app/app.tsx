/** Providers around everything: look, notices, cache, and the gate that decides which screen comes first. */
import { MantineProvider, MantineThemeProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createQueryClient } from '../client/query-client.ts';
import { EntryGate } from '../screens/entry/entry-gate.tsx';
import { router } from './routes.tsx';
import { cssVariablesResolver, theme } from './theme.ts';

/** Passing notices, whose button has a name for those who do not see its cross. */
function Notices() {
  const { t } = useTranslation();
  const closeButtonProps = { 'aria-label': t('action.close') };
  return (
    <MantineThemeProvider
      inherit
      theme={{ components: { Notification: { defaultProps: { closeButtonProps } } } }}
    >
      <Notifications position="bottom-right" autoClose={5000} />
    </MantineThemeProvider>
  );
}

export function App({ nonce }: { readonly nonce: string }) {
  const [queryClient] = useState(createQueryClient);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <Notices />
      <QueryClientProvider client={queryClient}>
        <EntryGate>
          <RouterProvider router={router} />
        </EntryGate>
      </QueryClientProvider>
    </MantineProvider>
  );
}
