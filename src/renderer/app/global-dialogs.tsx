/** The dialogs that open from anywhere, each loaded when it first opens. */
import { lazy, Suspense } from 'react';
import { closeDialog, useOpenDialog } from './global-dialog.ts';

const IssueDialog = lazy(async () => ({
  default: (await import('../screens/issue/issue-dialog.tsx')).IssueDialog,
}));
const NewClientDialog = lazy(async () => ({
  default: (await import('../screens/clients/new-client-dialog.tsx')).NewClientDialog,
}));

export function GlobalDialogs() {
  const open = useOpenDialog();
  return (
    <Suspense fallback={null}>
      {open === 'issue-certificate' ? <IssueDialog onClose={closeDialog} /> : null}
      {open === 'new-client' ? <NewClientDialog onClose={closeDialog} /> : null}
    </Suspense>
  );
}
