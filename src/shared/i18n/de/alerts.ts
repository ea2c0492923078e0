/** Alerts, and where they go. */
export const alerts = {
  alerts: {
    text: 'Jede wird einmal gemeldet und erledigt sich von selbst, wenn ihr Grund fort ist.',
    which: 'Welche Meldungen',
    state: { new: 'Nicht gesehen', open: 'Offen', all: 'Alle' },
    empty: 'Nichts braucht Sie',
    emptyText: 'Hier wird gemeldet, welche Zertifikate, Stellen und Sperrlisten bald enden.',
    acknowledge: 'Gesehen',
    acknowledgeAll: 'Alle gezeigten gesehen',
    since: 'Gemeldet',
    seenBy: 'gesehen von {{name}}',
    resolved: 'Erledigt',
    severity: { warning: 'Warnung', critical: 'Dringend' },
    kind: {
      certificate: {
        expiring: 'Das Zertifikat endet, und nichts hat es erneuert:',
        expired: 'Das Zertifikat ist abgelaufen:',
        pending: 'Das Zertifikat eines Geräts wartet darauf, angenommen zu werden, seit',
      },
      renewal: { failed: 'Das Zertifikat konnte nicht erneuert werden. Es endet:' },
      authority: { expiring: 'Die Zertifizierungsstelle endet:' },
      crl: { overdue: 'Die Sperrliste sollte längst ersetzt sein. Sie endet:' },
      client: { 'secret-expiring': 'Das Secret dieses API-Clients endet:' },
      request: { pending: 'Der Antrag wartet auf eine Entscheidung, bis' },
      delivery: { failed: 'Meldungen erreichen dieses Ziel nicht mehr seit' },
    },
  },
} as const;
