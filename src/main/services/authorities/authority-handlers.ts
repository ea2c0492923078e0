import { ChanceryError } from '../../../shared/errors.ts';
import type { AuthorityRow } from '../../store/index.ts';
import { writePem } from '../../x509/index.ts';
import { type Context, reaches } from '../context.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import { sliceToPage } from '../slice-to-page.ts';
import type { Issuer } from './authority-directory.ts';
import { crossCertify, issueIntermediate } from './certify-authority.ts';
import { configureCrl, folderPatienceMs } from './configure-crl.ts';
import { createAuthority } from './create-authority.ts';
import { wholePart } from './crl-parts.ts';
import { importAuthority } from './import-authority.ts';
import { installCertificate } from './install-certificate.ts';
import { linkCertificates } from './link-certificates.ts';
import { presentAuthorities, presentAuthority, presentCrl } from './present-authority.ts';
import { renewAuthority } from './renew-authority.ts';
import { authorityCsr, listRequests, requestAuthority, withdrawRequest } from './request-authority.ts';

/** The authority of that slug or id, if the caller reaches its realm. Throws NOT_FOUND. */
async function requireAuthority(rooms: Rooms, context: Context, reference: string): Promise<AuthorityRow> {
  const row = await rooms.store.authorities.find(reference);
  if (row && row.certificateId !== null && reaches(context.principal, row.realmId)) return row;
  throw new ChanceryError({ code: 'NOT_FOUND', detail: `There is no authority '${reference}'.` });
}

async function requireIssuer(rooms: Rooms, context: Context, reference: string): Promise<Issuer> {
  return rooms.authorities.issuer((await requireAuthority(rooms, context, reference)).id);
}

export const authorityHandlers = (rooms: Rooms) =>
  handlersFor('authorities')({
    'authorities.list': async (input, { principal }) => {
      const realmIds = await rooms.realms.scope(principal, input.realm);
      const found = await presentAuthorities(rooms, ({ row }) => realmIds.includes(row.realmId));
      return sliceToPage(found, input, (authority) => [authority.slug, authority.name, authority.subject]);
    },

    'authorities.show': async ({ id }, context) =>
      presentAuthority(rooms, (await requireAuthority(rooms, context, id)).id),

    'authorities.create': (input, context) => createAuthority(rooms, input, context),

    'authorities.import': (input, context) => importAuthority(rooms, input, context),

    'authorities.renew': async (input, context) =>
      renewAuthority(rooms, await requireIssuer(rooms, context, input.id), input, context),

    'authorities.cross-certify': async (input, context) => {
      const issuer = await requireIssuer(rooms, context, input.id);
      const other =
        input.authority === undefined ? undefined : await requireIssuer(rooms, context, input.authority);
      return crossCertify(rooms, issuer, input, other, context);
    },

    'authorities.issue-intermediate': async (input, context) =>
      issueIntermediate(rooms, await requireIssuer(rooms, context, input.id), input, context),

    'authorities.link': async ({ id }, context) =>
      linkCertificates(rooms, await requireIssuer(rooms, context, id), context),

    'authorities.request': (input, context) => requestAuthority(rooms, input, context),

    'authorities.requests': async (input, { principal }) => {
      const found = await listRequests(rooms, await rooms.realms.scope(principal, input.realm));
      return sliceToPage(found, input, (request) => [request.slug, request.name, request.subject]);
    },

    'authorities.withdraw': async ({ id }, context) => withdrawRequest(rooms, id, context),

    'authorities.csr': (input, context) => authorityCsr(rooms, input, context),

    'authorities.install': (input, context) => installCertificate(rooms, input, context),

    'authorities.publish-crl': async ({ id }, context) => {
      const row = await requireAuthority(rooms, context, id);
      const crl = await rooms.crls.publish(row.id, context);
      await rooms.crlFolders.settled(folderPatienceMs, row.id);
      return presentCrl(crl);
    },

    'authorities.configure-crl': async (input, context) =>
      configureCrl(rooms, await requireAuthority(rooms, context, input.id), input, context),

    'authorities.crl': async ({ id, format, part }, context) => {
      const row = await requireAuthority(rooms, context, id);
      const der = rooms.store.crls.der(row.id, part === 'whole' ? wholePart : part);
      if (!der) {
        const which = part === 'whole' ? '' : ` of the part '${part}'`;
        throw new ChanceryError({
          code: 'NOT_FOUND',
          detail: `The authority '${row.slug}' has no CRL${which} yet.`,
        });
      }
      const name = part === 'whole' ? row.slug : `${row.slug}-${part}`;
      const content = format === 'der' ? der : Buffer.from(writePem('X509 CRL', der));
      return {
        fileName: `${name}.${format === 'der' ? 'crl' : 'crl.pem'}`,
        mediaType: format === 'der' ? 'application/pkix-crl' : 'application/x-pem-file',
        contentBase64: content.toString('base64'),
      };
    },
  });
