/** What issuing answers: the certificate, or where one waits to be approved. */
import { z } from 'zod';
import { Id, Timestamp } from '../model/basics.ts';

export const IssueWarning = z.strictObject({ rule: z.string(), message: z.string() }).meta({
  id: 'IssueWarning',
  description: 'What is not well with a certificate that was issued nevertheless.',
});
export type IssueWarning = z.infer<typeof IssueWarning>;

export const IssuedCertificate = z
  .strictObject({
    id: Id,
    orderId: Id,
    serialNumber: z.string(),
    notBefore: Timestamp,
    notAfter: Timestamp,
    certificate: z.string().describe('PEM'),
    chain: z.array(z.string()).describe('PEM, the issuer first'),
    warnings: z.array(IssueWarning).optional(),
    privateKey: z.string().optional().describe('PEM (PKCS#8), only where the key was generated here'),
  })
  .meta({ id: 'IssuedCertificate' });
export type IssuedCertificate = z.infer<typeof IssuedCertificate>;

export const RequestAccepted = z
  .strictObject({ requestId: Id.describe('To be asked for at /requests/{id}') })
  .meta({ id: 'RequestAccepted', description: 'Nothing is issued yet: a request waits to be approved.' });
export type RequestAccepted = z.infer<typeof RequestAccepted>;
