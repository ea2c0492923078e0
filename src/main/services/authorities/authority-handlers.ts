import { ChanceryError } from '../../../shared/errors.ts';
import type { AuthorityRow } from '../../store/index.ts';
import { writePem } from '../../x509/index.ts';
import { type Context, reaches } from '../context.ts';
import { handlersFor } from '../handlers.ts';
import type { Rooms } from '../rooms.ts';
import { sliceToPage } from '../slice-to-page.ts';
import { configureCrl, folderPatienceMs } from './configure-crl.ts';
import { createAuthority } from './create-authority.ts';
import { wholePart } from './crl-parts.ts';
import { importAuthority } from './import-authority.ts';
import { presentAuthorities, presentAuthority, presentCrl } from './present-authority.ts';

/** The authority of that slug or id, if the caller reaches its realm. Throws NOT_FOUND. */
export async function requireAuthority(
  rooms: Rooms,
  context: Context,
  reference: string,
): Promise<AuthorityRow> {
  const row = await rooms.store.authorities.find(reference);
  if (row && row.certificateId !== null && reaches(context.principal, row.realmId)) return row;
  throw new ChanceryError({ code: 'NOT_FOUND', detail: `There is no authority '${reference}'.` });
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
