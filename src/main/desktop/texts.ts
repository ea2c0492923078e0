/** What the shell itself says; everything else is the renderer's. */
export interface Texts {
  readonly file: string;
  readonly edit: string;
  readonly view: string;
  readonly help: string;
  readonly about: string;
  readonly quit: string;
  readonly open: string;
  readonly closing: string;
  readonly closingDetail: string;
  readonly keepRunning: string;
  readonly cancel: string;
  readonly cannotOpen: string;
}

const en: Texts = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  help: 'Help',
  about: 'About Chancery',
  quit: 'Quit Chancery',
  open: 'Open Chancery',
  closing: 'Should Chancery keep running without its window?',
  closingDetail:
    'While it keeps running, renewals and CRLs are made on time and a listener that is switched on goes on ' +
    'answering; the icon in the notification area, or starting Chancery again, brings the window back. ' +
    'When it quits, all of that stops until the next start.',
  keepRunning: 'Keep running',
  cancel: 'Cancel',
  cannotOpen: 'Chancery cannot open',
};

const de: Texts = {
  file: 'Datei',
  edit: 'Bearbeiten',
  view: 'Ansicht',
  help: 'Hilfe',
  about: 'Über Chancery',
  quit: 'Chancery beenden',
  open: 'Chancery öffnen',
  closing: 'Soll Chancery ohne Fenster weiterlaufen?',
  closingDetail:
    'Solange es weiterläuft, werden Erneuerungen und Sperrlisten rechtzeitig erstellt, und ein eingeschalteter ' +
    'Listener antwortet weiter; das Symbol im Benachrichtigungsbereich oder ein erneuter Start holt das Fenster ' +
    'zurück. Nach dem Beenden ruht all das bis zum nächsten Start.',
  keepRunning: 'Weiterlaufen',
  cancel: 'Abbrechen',
  cannotOpen: 'Chancery lässt sich nicht öffnen',
};

/** The shell's texts for a locale of the system (BCP 47); English where it is none of ours. */
export function textsFor(locale: string): Texts {
  return locale.startsWith('de') ? de : en;
}
