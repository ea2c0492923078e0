/** Issues a certificate: for a request, or with a key generated here; then shows what came of it. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IssuedCertificate } from '../../../shared/operations/certificates.ts';
import { Dialog } from '../../components/dialog.tsx';
import { IssueFormView } from './issue-form-view.tsx';
import { IssuedView } from './issued-view.tsx';

export function IssueDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [issued, setIssued] = useState<IssuedCertificate | null>(null);
  // The key is shown this once: a click beside the dialog must not lose it.
  const holdsKey = issued?.privateKey !== undefined;
  return (
    <Dialog
      onClose={onClose}
      size={760}
      title={issued === null ? t('certificates.issue') : t('issue.done')}
      closeOnClickOutside={false}
      closeOnEscape={!holdsKey}
    >
      {issued === null ? (
        <IssueFormView onIssued={setIssued} onCancel={onClose} />
      ) : (
        <IssuedView issued={issued} onClose={onClose} onAgain={() => setIssued(null)} />
      )}
    </Dialog>
  );
}
