/** Alerts, and where they go. */
export const alerts = {
  alerts: {
    text: 'Each is told once, and is resolved by itself when its cause is gone.',
    which: 'Which alerts',
    state: { new: 'Not seen', open: 'Open', all: 'All' },
    empty: 'Nothing needs you',
    emptyText: 'Certificates, authorities and CRLs that near their end are told of here.',
    acknowledge: 'Acknowledge',
    acknowledgeAll: 'Acknowledge all shown',
    since: 'Told',
    seenBy: 'seen by {{name}}',
    resolved: 'Resolved',
    severity: { warning: 'Warning', critical: 'Critical' },
    kind: {
      certificate: {
        expiring: 'The certificate ends, and nothing has renewed it:',
        expired: 'The certificate has ended:',
        pending: 'The certificate of a device waits to be accepted since',
      },
      renewal: { failed: 'The certificate could not be renewed. It ends:' },
      authority: { expiring: 'The authority ends:' },
      crl: { overdue: 'The CRL should have been replaced by now. It ends:' },
      client: { 'secret-expiring': 'The secret of this API client ends:' },
      request: { pending: 'The request waits for a decision, until' },
      delivery: { failed: 'Alerts have not reached this destination since' },
    },
  },
} as const;
