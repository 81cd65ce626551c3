// How the page set it up: attributes of the script tag, so that a page with a strict content policy needs no inline code.

export interface Settings {
  /** Write key of the source. Everybody can read it: it opens only the door for events. */
  key: string;
  /** Where Vínculo is: `https://crm.example.com`, without a slash at the end. */
  server: string;
  /** Nothing leaves and nothing is stored before the visitor says yes. Otherwise: unless they say no. */
  asks: boolean;
  /** The category of consent that events need. */
  category: string;
  /** Page views are told by themselves. */
  pages: boolean;
  /** What the page calls it: `vinculo`, or `analytics` for a page that was written for Segment. */
  name: string;
}

/** A browser that says "do not follow me" is asked first, whatever the page chose. */
function saysNo(): boolean {
  const { doNotTrack, globalPrivacyControl } = navigator as Navigator & { globalPrivacyControl?: boolean };
  return globalPrivacyControl === true || doNotTrack === '1' || doNotTrack === 'yes';
}

/** @returns undefined where no tag has a write key. */
export function readSettings(): Settings | undefined {
  const current = document.currentScript as HTMLScriptElement | null;
  const tag = current && current.dataset.writeKey ? current : document.querySelector<HTMLScriptElement>('script[data-write-key]');
  if (!tag || !tag.dataset.writeKey) return undefined;
  const said = tag.dataset;
  return {
    key: tag.dataset.writeKey,
    server: (said.server || tag.src.replace(/\/v1\/[^/]*$/, '')).replace(/\/+$/, ''),
    asks: said.consent !== 'not_refused' || saysNo(),
    category: said.category || 'analytics',
    pages: said.page !== 'manual',
    name: said.global || 'vinculo',
  };
}
