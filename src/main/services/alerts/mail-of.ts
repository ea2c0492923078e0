import { sha256 } from '../../crypto/index.ts';
import type { CloudEvent } from './cloud-event.ts';

/** What a mail says of the events to a destination: each in a line, the worst named in the subject. */
export function mailOf(
  destinationId: string,
  events: readonly CloudEvent[],
): { id: string; subject: string; text: string } {
  const [first, ...others] = events as readonly [CloudEvent, ...CloudEvent[]];
  const isCritical = events.some(({ data }) => data.severity === 'critical');
  const what = others.length === 0 ? first.data.message : `${events.length} messages`;
  const lines = events.map(({ time, data: { realm, severity, message } }) => {
    const mark = severity === 'info' ? '' : `${severity}: `;
    return `${time.slice(0, 16).replace('T', ' ')} UTC${realm === null ? '' : `, realm ${realm}`}\n${mark}${oneLine(message)}\n`;
  });
  return {
    // A mailbox may drop what it has seen: so another id wherever anything is told beside.
    id: sha256([destinationId, ...events.map(({ id }) => id)].join(' '))
      .toString('hex')
      .slice(0, 32),
    subject: `[Chancery]${isCritical ? ' critical:' : ''} ${what}`,
    text: lines.join('\n'),
  };
}

/** A name cannot begin a line of its own. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ');
}
