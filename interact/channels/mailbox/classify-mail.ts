// Who wrote a mail: a person, or a machine.

/** What is looked at, by header name in small letters; as written, unfolded. */
export type MailHeaders = ReadonlyMap<string, string>;

export type Purpose = 'person' | 'auto_reply' | 'bounce' | 'list';

/**
 * RFC 3834 (automatic answers), RFC 3464 (reports of delivery), RFC 2919 and 2369 (lists), and what programs did before those.
 */
export function classifyMail(headers: MailHeaders): Purpose {
  const of = (name: string) => headers.get(name)?.trim().toLowerCase() ?? '';
  const type = of('content-type');
  const nobody = of('return-path') === '<>';
  if (type.includes('multipart/report') && type.includes('delivery-status')) return 'bounce';
  if (headers.has('x-failed-recipients')) return 'bounce';
  if (/<?(mailer-daemon|postmaster)@/.test(of('from')) && (nobody || of('auto-submitted').startsWith('auto-'))) return 'bounce';

  const auto = of('auto-submitted');
  if (auto !== '' && !auto.startsWith('no')) return 'auto_reply';
  if (headers.has('x-autoreply') || headers.has('x-autorespond') || of('x-auto-response-suppress').includes('all')) return 'auto_reply';
  if (/auto[_-]?reply/.test(of('precedence')) || type.includes('disposition-notification')) return 'auto_reply';
  if (headers.has('list-id') || headers.has('list-unsubscribe') || /bulk|list|junk/.test(of('precedence'))) return 'list';
  // A mail that nobody may answer was written by no person.
  return nobody ? 'auto_reply' : 'person';
}

export interface Bounced {
  address: string;
  /** RFC 3463: 5.1.1 */
  status: string;
  reason: string;
  /** There is no such address, or there never will be: not a full mailbox, nor a refusal of what was written. */
  hard: boolean;
}

/** The addresses that a report of delivery speaks of (RFC 3464, 2.3). */
export function bouncedOf(report: string): Bounced[] {
  return report
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n\s*\n/)
    .flatMap((group): Bounced[] => {
      const of = (name: string) => new RegExp(`^${name}:\\s*(.+)$`, 'im').exec(group)?.[1]?.trim() ?? '';
      const address = /([^\s;<>]+@[^\s;<>]+)/.exec(of('final-recipient') || of('original-recipient'))?.[1]?.toLowerCase();
      const status = /\d\.\d{1,3}\.\d{1,3}/.exec(of('status'))?.[0] ?? '';
      if (!address || of('action').toLowerCase() !== 'failed') return [];
      const reason = of('diagnostic-code')
        .replace(/^[a-z-]+;\s*/i, '')
        .slice(0, 500);
      return [{ address, status, reason, hard: /^5\.(0\.0|1\.\d+|2\.1)$/.test(status) }];
    });
}
