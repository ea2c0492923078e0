/** Issues a certificate: for a request, or with a key generated here; then shows what came of it. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../shared/operations/index.ts';
import { Dialog } from '../../components/dialog.tsx';
import { IssueFormView } from './issue-form-view.tsx';
import { IssuedView } from './issued-view.tsx';
import { WaitingView } from './waiting-view.tsx';

export function IssueDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [answer, setAnswer] = useState<Answer<'certificates.issue'> | null>(null);
  const accepted = answer !== null && 'requestId' in answer ? answer : null;
  const issued = answer !== null && 'certificate' in answer ? answer : null;
  // The key is shown this once: a click beside the dialog must not lose it.
  const holdsKey = issued?.privateKey !== undefined;
  return (
    <Dialog
      onClose={onClose}
      size={760}
      title={accepted ? t('requests.waitingTitle') : issued ? t('issue.done') : t('certificates.issue')}
      closeOnClickOutside={false}
      closeOnEscape={!holdsKey}
    >
      {answer === null ? <IssueFormView onIssued={setAnswer} onCancel={onClose} /> : null}
      {accepted ? <WaitingView accepted={accepted} onClose={onClose} /> : null}
      {issued ? <IssuedView issued={issued} onClose={onClose} onAgain={() => setAnswer(null)} /> : null}
    </Dialog>
  );
}
