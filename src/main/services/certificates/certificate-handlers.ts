import { renewBulk, revokeBulk } from '../bulk/change-bulk.ts';
import { exportCsv } from '../bulk/export-csv.ts';
import { issueBulk } from '../bulk/issue-bulk.ts';
import { handlersFor } from '../handlers.ts';
import { configureRenewal } from '../renewals/configure-renewal.ts';
import { renewalInformation } from '../renewals/renewal-information.ts';
import type { Rooms } from '../rooms.ts';
import { archiveCertificate, restoreCertificate } from './archive-certificate.ts';
import { exportCertificate, recoverPrivateKey } from './export-certificate.ts';
import { importCertificates } from './import-certificates.ts';
import { issueCertificate } from './issue-certificate.ts';
import { listCertificates } from './list-certificates.ts';
import { presentDetail } from './present-certificate.ts';
import { previewCertificate } from './preview-certificate.ts';
import { releaseCertificate } from './release-certificate.ts';
import { renewCertificate } from './renew-certificate.ts';
import { requireCertificateBytes } from './require-certificate.ts';
import { revokeCertificate } from './revoke-certificate.ts';
import { setMetadata } from './set-metadata.ts';

export const certificateHandlers = (rooms: Rooms) =>
  handlersFor('certificates')({
    'certificates.issue': (input, context) => issueCertificate(rooms, input, context),
    'certificates.preview': (input, context) => previewCertificate(rooms, input, context),
    'certificates.list': (input, context) => listCertificates(rooms, input, context),
    'certificates.show': async ({ id }, context) => {
      const { row, der } = await requireCertificateBytes(rooms, context, id);
      return presentDetail(rooms, row, der);
    },
    'certificates.revoke': (input, context) => revokeCertificate(rooms, input, context),
    'certificates.release': (input, context) => releaseCertificate(rooms, input, context),
    'certificates.export': (input, context) => exportCertificate(rooms, input, context),
    'certificates.private-key': (input, context) => recoverPrivateKey(rooms, input, context),
    'certificates.renew': (input, context) => renewCertificate(rooms, input, context),
    'certificates.issue-bulk': (input, context) => issueBulk(rooms, input, context),
    'certificates.renew-bulk': (input, context) => renewBulk(rooms, input, context),
    'certificates.revoke-bulk': (input, context) => revokeBulk(rooms, input, context),
    'certificates.export-csv': (input, context) => exportCsv(rooms, input, context),
    'certificates.renewal': (input, context) => renewalInformation(rooms, input, context),
    'certificates.configure': (input, context) => configureRenewal(rooms, input, context),
    'certificates.metadata': (input, context) => setMetadata(rooms, input, context),
    'certificates.archive': (input, context) => archiveCertificate(rooms, input, context),
    'certificates.restore': (input, context) => restoreCertificate(rooms, input, context),
    'certificates.import': (input, context) => importCertificates(rooms, input, context),
  });
