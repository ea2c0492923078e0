/** How systems and programs are told to trust a root. */
export const trust = {
  trust: {
    action: 'Trust this root',
    title: 'Trust {{name}}',
    text: 'A root vouches for itself, so every system has to be told once to trust it. Whoever does so accepts all that it and the authorities below it issue.',
    compare: 'First compare the fingerprint',
    compareText:
      'Get it by another way than the file: read it out, or look here. Only when both are the same is the file the right one.',
    files: 'The certificate as a file',
    savePem: 'Download PEM',
    saveDer: 'Download DER',
    how: 'How to trust it',
    add: 'Trust',
    remove: 'Stop trusting',
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
      windows: 'In a terminal run as administrator. Chrome and Edge follow Windows.',
      macos: 'Safari and Chrome follow the system keychain.',
      debian: 'For curl, git, Python and most other programs; browsers keep lists of their own.',
      rhel: 'For curl, git, Python and most other programs; browsers keep lists of their own.',
      firefox:
        'Settings, Privacy and Security, Certificates, View Certificates, Authorities, Import; tick “Trust this CA to identify websites”. Or with the tools of NSS, for one profile:',
      java: 'For the Java that keytool belongs to.',
      android:
        'Send the DER file to the device. Settings, Security and privacy, More, Encryption and credentials, Install a certificate, CA certificate. Since Android 7 apps follow it only where they say so; browsers do.',
      ios: 'Send the DER file to the device by AirDrop, mail or a website, and open it. Settings, General, VPN and Device Management: install it. Then General, About, Certificate Trust Settings: switch it on.',
      openssl: 'For a single call or a shell. SSL_CERT_FILE takes the place of all other roots.',
      node: 'Beside the roots that Node.js brings along.',
      python: 'For ssl and urllib, and for requests. Both take the place of all other roots.',
    },
    removeText: {
      windows: 'In a terminal run as administrator.',
      macos: 'Asks for the password of an administrator.',
      debian: 'Removes the file and makes the list anew.',
      rhel: 'Removes the file and makes the list anew.',
      firefox: 'In the same list: choose it and delete or distrust it. Or:',
      java: 'By the alias that it was added under.',
      android:
        'Settings, Security and privacy, More, Encryption and credentials, User credentials: choose it and uninstall it.',
      ios: 'Settings, General, VPN and Device Management: choose it and remove it.',
      openssl: 'Leave the flag away, and unset what was set.',
      node: 'Unset the variable.',
      python: 'Unset the variables.',
    },
  },
} as const;
