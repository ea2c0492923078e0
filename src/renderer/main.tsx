/**
 * The renderer: the screens of Chancery, the same bytes in the desktop's window and in a browser. It reaches the
 * service through client/ alone and holds no rule of its own; what may be issued is decided on the other side.
 *
 * This file only prepares: the application is loaded after it, since importing it makes the first schemas, and
 * zod would then try to compile code, which the content security policy refuses.
 */
import './client/address-ticket.ts';
import './client/provider-answer.ts';
import '@mantine/core/styles.css';
import '@mantine/charts/styles.css';
import '@mantine/dropzone/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './app/fonts.css';
import './app/global.css';
import { setNonce } from 'get-nonce';
import { z } from 'zod';

z.config({ jitless: true });

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
setNonce(nonce);

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no #root.');

const { start } = await import('./app/start.tsx');
await start(root, nonce);
