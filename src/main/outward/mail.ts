import { connectionFailure, type Delivery, deliveryMs, plainText, tookTooLong } from './delivery.ts';

export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** From the first byte, before anything is said, or not at all. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly credentials: { readonly username: string; readonly password: string } | null;
  /** PEM of the authorities in place of those of the system; null for those. */
  readonly trust: string | null;
}

export interface Message {
  /** The same each time that it is tried again. */
  readonly id: string;
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly at: Date;
}

/** Of a conversation: each step of it. */
const stepMs = 5_000;

/** Sends a mail (RFC 5321); where the server takes it for some recipients, it counts as delivered, and says so. */
export async function sendMail(server: MailServer, message: Message, signal: AbortSignal): Promise<Delivery> {
  const { createTransport } = await import('nodemailer');
  const { host, port, security, credentials, trust } = server;
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { minVersion: 'TLSv1.2', ...(trust !== null && { ca: trust }) },
    ...(credentials && { auth: { user: credentials.username, pass: credentials.password } }),
    connectionTimeout: stepMs,
    greetingTimeout: stepMs,
    socketTimeout: stepMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const deadline = AbortSignal.timeout(deliveryMs);
  const ended = AbortSignal.any([signal, deadline]);
  const givenUp = new Promise<Delivery>((resolve) => {
    const end = () => resolve(deadline.aborted ? tookTooLong : connectionFailure(ended.reason));
    if (ended.aborted) end();
    else ended.addEventListener('abort', end, { once: true });
  });
  const sent = transport
    .sendMail({
      messageId: `<${message.id}@${message.sender.split('@').at(-1)}>`,
      date: message.at,
      from: message.sender,
      to: [...message.recipients],
      subject: plainText(message.subject),
      text: message.text,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    .then(({ rejected }) => refusals(rejected.map(String)), smtpFailure);
  return Promise.race([sent, givenUp]).finally(() => transport.close());
}

function refusals(rejected: readonly string[]): Delivery {
  if (rejected.length === 0) return { ok: true, detail: 'The mail server has taken it.' };
  const detail = `The mail server has refused these recipients: ${rejected.join(', ')}`;
  // Tried again, the others would get it again.
  return { ok: true, detail, complaint: detail };
}

/** What a server says about a password is left out: some of them repeat what they were sent. */
function smtpFailure(error: unknown): Delivery {
  const { responseCode, response, command } = error as {
    readonly responseCode?: number;
    readonly response?: string;
    readonly command?: string;
  };
  if (responseCode === undefined) return connectionFailure(error);
  const isAboutPassword = command?.startsWith('AUTH') ?? false;
  const said = isAboutPassword || response === undefined ? '' : `: ${plainText(response)}`;
  return { ok: false, detail: `The mail server answered ${responseCode} to ${command ?? 'us'}${said}` };
}
