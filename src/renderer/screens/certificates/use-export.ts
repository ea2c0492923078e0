/** Saves the list of certificates as CSV: all that it is narrowed to, or some of what is loaded. */
import { useMutation } from '@tanstack/react-query';
import type { CertificateSummary } from '../../../shared/model/certificate.ts';
import { certificateCsvHeader, certificateCsvLine } from '../../../shared/model/certificate-csv.ts';
import { callForText } from '../../client/call.ts';
import { saveBlob, saveText } from '../../components/save-file.ts';
import type { CertificateSearch } from './certificate-search.ts';

const fileName = 'certificates.csv';

export function useExport(search: CertificateSearch) {
  const whole = useMutation<Blob, unknown>({
    mutationFn: () => callForText('certificates.export-csv', search),
    onSuccess: (blob) => saveBlob(blob, fileName),
  });
  return {
    list: () => whole.mutate(),
    rows: (rows: readonly CertificateSummary[]) =>
      saveText(certificateCsvHeader + rows.map(certificateCsvLine).join(''), fileName, 'text/csv'),
    isRunning: whole.isPending,
    error: whole.error,
  };
}
