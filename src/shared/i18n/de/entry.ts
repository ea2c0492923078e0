/** Was vor den Bildschirmen kommt: Anmeldung, Entsperren, erster Start. */
export const entry = {
  entry: {
    signIn: 'Anmelden',
    welcome: 'Willkommen bei Chancery',
    name: 'Name',
    password: 'Passwort',
    enter: 'Als Eigentümer fortfahren',
    ticketNeeded:
      'Es gibt noch keinen Operator und damit kein Passwort. Öffnen Sie die Adresse, die beim Start von Chancery ausgegeben wurde: Sie endet mit einem Einmal-Ticket und meldet dieses Fenster an.',
    ticketAgain: 'Ein Ticket gilt einmal und zehn Minuten lang. Ein Neustart von Chancery ergibt ein neues.',
    unreachable: 'Chancery antwortet nicht',
  },
  unlock: {
    title: 'Der Tresor ist verschlossen',
    text: 'Solange er nicht geöffnet ist, wird nichts signiert und kein Schlüssel benutzt.',
    by: {
      keychain: 'Sein Schlüssel liegt im Schlüsselbund dieses Systems.',
      file: 'Sein Schlüssel liegt in der Schlüsseldatei dieser Maschine.',
      passphrase: 'Eine Passphrase öffnet ihn.',
    },
    passphrase: 'Passphrase',
    recoveryKey: 'Wiederherstellungsschlüssel',
    useRecovery: 'Stattdessen den Wiederherstellungsschlüssel verwenden',
    useKeychain: 'Stattdessen den Schlüsselbund verwenden',
    action: 'Öffnen',
  },
  firstRun: {
    title: 'Erster Start',
    step: 'Schritt {{at}} von {{of}}',
    vault: {
      title: 'Den Tresor wählen',
      text: 'Jeder private Schlüssel und jedes Geheimnis wird mit dem Schlüssel des Tresors versiegelt. Wo soll dieser liegen?',
      recommended: 'Empfohlen',
      keychain:
        'Öffnet sich, wenn Sie an diesem System angemeldet sind. Für den Verlust des Schlüsselbunds gibt es einen Wiederherstellungsschlüssel.',
      passphrase:
        'Sie geben sie nach jedem Start ein. Ohne sie öffnet niemand den Tresor, und niemand kann sie zurücksetzen.',
      file: 'Eine Datei im Datenordner, für Maschinen, die ohne einen Menschen starten müssen.',
      noKeychain: 'Dieses System bietet gerade keinen nutzbaren Schlüsselbund.',
      fileWarning: 'Wer die Datei lesen kann, kann die Schlüssel benutzen',
      fileWarningText:
        'Die Datei schützt nur vor einem flüchtigen Blick: Eine Kopie des Datenordners, auch ein Backup, enthält alles. Wählen Sie sie nur für unbeaufsichtigte Maschinen.',
      create: 'Tresor anlegen',
    },
    passphrase: 'Passphrase',
    passphraseText: 'Mindestens 8 Zeichen; am besten mehrere Wörter ohne Zusammenhang.',
    repeat: 'Passphrase wiederholen',
    different: 'Die beiden sind nicht gleich.',
    strength: 'Stärke',
    grade: {
      weak: 'Schwach: Wer eine Kopie des Datenordners hat, könnte sie erraten.',
      fair: 'Mittel: Für eine Zertifizierungsstelle wäre eine längere besser.',
      strong: 'Stark.',
    },
    recovery: {
      title: 'Den Wiederherstellungsschlüssel verwahren',
      text: 'Er öffnet den Tresor, wenn der Schlüsselbund zurückgesetzt oder diese Maschine ersetzt wird. Drucken oder notieren Sie ihn und verwahren Sie ihn getrennt von dieser Maschine.',
      warning:
        'Er wird nur dieses eine Mal gezeigt. Ohne ihn bedeutet ein verlorener Schlüsselbund verlorene Zertifizierungsstellen.',
      print: 'Drucken',
      kept: 'Ich habe ihn verwahrt',
      askTitle: 'Den Wiederherstellungsschlüssel eingeben',
      askText: 'Damit sicher ist, dass Ihre Aufzeichnung stimmt.',
      again: 'Noch einmal zeigen',
      confirm: 'Bestätigen',
    },
    start: {
      title: 'Was soll zu Beginn da sein?',
      text: 'Alles lässt sich später ändern und ergänzen.',
      quickstart: 'Schnellstart',
      quickstartText: 'Eine Ausstattung, mit der sich sofort das erste Zertifikat ausstellen lässt:',
      makesRealm: 'der Realm default',
      makesAuthorities: 'eine Wurzel und darunter eine ausstellende Stelle',
      makesProfiles: 'Richtlinien und Profile für Server, Clients, Codesignatur und Benutzer',
      quickstartAction: 'Ausstattung anlegen',
      import: 'Zertifizierungsstelle importieren',
      importText: 'Eine bestehende CA mit ihrem Schlüssel übernehmen, aus PKCS#12 oder PEM.',
      importAction: 'Weiter',
      empty: 'Leer beginnen',
      emptyText:
        'Nur der Bereich default wird angelegt; Stellen, Richtlinien und Profile legen Sie selbst an.',
      emptyAction: 'Chancery öffnen',
    },
  },
} as const;
