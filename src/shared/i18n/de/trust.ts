/** Wie man Systeme und Programme einer Wurzel vertrauen lässt. */
export const trust = {
  trust: {
    action: 'Dieser Wurzel vertrauen',
    title: '{{name}} vertrauen',
    text: 'Eine Wurzel bürgt für sich selbst, also muss man jedem System einmal sagen, dass es ihr vertrauen soll. Wer das tut, nimmt alles an, was sie und die Stellen darunter ausstellen.',
    compare: 'Zuerst den Fingerabdruck vergleichen',
    compareText:
      'Holen Sie ihn auf einem anderen Weg als die Datei: vorlesen lassen oder hier nachsehen. Nur wenn beide gleich sind, ist die Datei die richtige.',
    files: 'Das Zertifikat als Datei',
    savePem: 'PEM herunterladen',
    saveDer: 'DER herunterladen',
    how: 'So wird ihr vertraut',
    add: 'Vertrauen',
    remove: 'Nicht mehr vertrauen',
    system: {
      windows: 'Windows',
      macos: 'macOS',
      debian: 'Debian, Ubuntu',
      rhel: 'RHEL, Fedora',
      firefox: 'Firefox',
      java: 'Java',
      android: 'Android',
      ios: 'iOS, iPadOS',
      openssl: 'OpenSSL, curl, git',
      node: 'Node.js',
      python: 'Python',
    },
    addText: {
      windows: 'In einem als Administrator gestarteten Terminal. Chrome und Edge folgen Windows.',
      macos: 'Safari und Chrome folgen dem Schlüsselbund des Systems.',
      debian: 'Für curl, git, Python und die meisten anderen Programme; Browser führen eigene Listen.',
      rhel: 'Für curl, git, Python und die meisten anderen Programme; Browser führen eigene Listen.',
      firefox:
        'Einstellungen, Datenschutz & Sicherheit, Zertifikate, Zertifikate anzeigen, Zertifizierungsstellen, Importieren; „Dieser CA vertrauen, um Websites zu identifizieren“ ankreuzen. Oder mit den Werkzeugen von NSS, für ein Profil:',
      java: 'Für das Java, zu dem keytool gehört.',
      android:
        'Die DER-Datei auf das Gerät bringen. Einstellungen, Sicherheit und Datenschutz, Mehr, Verschlüsselung und Anmeldedaten, Zertifikat installieren, CA-Zertifikat. Seit Android 7 folgen Apps dem nur, wenn sie es vorsehen; Browser tun es.',
      ios: 'Die DER-Datei per AirDrop, Mail oder Webseite auf das Gerät bringen und öffnen. Einstellungen, Allgemein, VPN und Geräteverwaltung: installieren. Dann Allgemein, Info, Zertifikatsvertrauenseinstellungen: einschalten.',
      openssl: 'Für einen Aufruf oder eine Shell. SSL_CERT_FILE tritt an die Stelle aller anderen Wurzeln.',
      node: 'Neben den Wurzeln, die Node.js mitbringt.',
      python: 'Für ssl und urllib sowie für requests. Beides tritt an die Stelle aller anderen Wurzeln.',
    },
    removeText: {
      windows: 'In einem als Administrator gestarteten Terminal.',
      macos: 'Fragt nach dem Kennwort eines Administrators.',
      debian: 'Entfernt die Datei und baut die Liste neu.',
      rhel: 'Entfernt die Datei und baut die Liste neu.',
      firefox: 'In derselben Liste: auswählen und löschen oder das Vertrauen entziehen. Oder:',
      java: 'Unter dem Alias, mit dem sie hinzugefügt wurde.',
      android:
        'Einstellungen, Sicherheit und Datenschutz, Mehr, Verschlüsselung und Anmeldedaten, Nutzeranmeldedaten: auswählen und deinstallieren.',
      ios: 'Einstellungen, Allgemein, VPN und Geräteverwaltung: auswählen und entfernen.',
      openssl: 'Den Schalter weglassen, und zurücknehmen, was gesetzt wurde.',
      node: 'Die Variable zurücknehmen.',
      python: 'Die Variablen zurücknehmen.',
    },
  },
} as const;
