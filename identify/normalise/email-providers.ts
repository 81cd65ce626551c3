export interface Provider {
  /** The domain all its aliases come down to. */
  domain: string;
  /** The character that opens a tag the mailbox ignores. */
  tag: '+' | '-';
  /** Whether the mailbox ignores full stops. */
  dots: boolean;
}

/**
 * Providers that deliver several spellings to one mailbox.
 * Gmail: support.google.com/mail/answer/7436150 (dots, plus, googlemail.com). Outlook.com and iCloud: plus addressing.
 * Yahoo: disposable addresses, base-keyword@. Fastmail and Proton: plus addressing.
 */
export const PROVIDERS = new Map<string, Provider>();

const plus = (domain: string, names: string) => {
  for (const name of names.split(' ')) PROVIDERS.set(name, { domain: domain || name, tag: '+', dots: false });
};

for (const name of ['gmail.com', 'googlemail.com']) PROVIDERS.set(name, { domain: 'gmail.com', tag: '+', dots: true });
plus(
  '',
  'outlook.com outlook.es hotmail.com hotmail.es hotmail.fr hotmail.it hotmail.co.uk live.com live.es live.com.mx msn.com outlook.fr outlook.pt',
);
plus('', 'fastmail.com fastmail.fm zoho.com');
plus('icloud.com', 'icloud.com me.com mac.com');
plus('proton.me', 'proton.me protonmail.com pm.me');
for (const name of 'yahoo.com yahoo.es yahoo.com.mx yahoo.com.ar yahoo.com.co yahoo.fr yahoo.it yahoo.co.uk ymail.com rocketmail.com'.split(
  ' ',
)) {
  PROVIDERS.set(name, { domain: name, tag: '-', dots: false });
}

/** Domains so common that a neighbour at one edit is probably a typing error; also those real domains that look like one. */
export const POPULAR_DOMAINS = new Set(
  (
    'gmail.com hotmail.com hotmail.es yahoo.es yahoo.com outlook.es outlook.com icloud.com telefonica.net movistar.es live.com hotmail.fr orange.es ' +
    'googlemail.com yahoo.com.mx yahoo.com.ar yahoo.com.co hotmail.it msn.com terra.es ono.com vodafone.es euskaltel.net wanadoo.es proton.me ' +
    'protonmail.com ymail.com live.com.mx me.com mac.com aol.com gmx.com gmx.es gmx.net mail.com live.es outlook.fr yahoo.fr yahoo.it prodigy.net.mx une.net.co ' +
    'email.com hotmail.de hotmail.be hotmail.nl hotmail.se outlook.de outlook.it outlook.be outlook.pt outlook.cl hotmail.cl'
  ).split(' '),
);

export const DISPOSABLE_DOMAINS = new Set(
  (
    'mailinator.com guerrillamail.com guerrillamail.net 10minutemail.com temp-mail.org tempmail.com yopmail.com yopmail.es yopmail.net trashmail.com ' +
    'sharklasers.com getnada.com dispostable.com maildrop.cc throwawaymail.com fakeinbox.com mintemail.com mohmal.com moakt.com emailondeck.com ' +
    'tempinbox.com mailnesia.com spamgourmet.com mytemp.email tempmailo.com burnermail.io mailcatch.com discard.email inboxkitten.com 33mail.com'
  ).split(' '),
);

/** Local parts of offices after RFC 2142, and their Spanish, Catalan and everyday equivalents. */
export const ROLE_LOCAL_PARTS = new Set(
  (
    'info informacion contacto contact contacta contacte ventas venta sales comercial comerciales compras pedidos orders admin administrador administracion ' +
    'administration administrator gerencia direccion recepcion reception secretaria oficina office central hola hello hi atencionalcliente clientes atencion ' +
    'sac soporte support ayuda help helpdesk tecnico marketing prensa press comunicacion facturacion facturas billing invoices contabilidad accounting cobros ' +
    'pagos tesoreria rrhh hr empleo jobs cv careers legal juridico rgpd dpo lopd privacidad privacy webmaster web postmaster hostmaster abuse noreply no-reply ' +
    'no_reply donotreply mailer-daemon newsletter news boletin suscripciones tienda shop store online reservas booking reservations taller almacen logistica ' +
    'transporte calidad proveedores obra correo mail email empresa general security seguridad noc root sistemas it informatica team equipo'
  ).split(' '),
);
