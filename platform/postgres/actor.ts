/** Who does something: every write and every audited read names one. */
export interface Actor {
  kind: 'user' | 'api-key' | 'system' | 'anonymous';
  id: string;
  name: string;
  permissions: ReadonlySet<string>;
  language?: 'es' | 'en';
}

/** The product itself: jobs, migrations, event handlers. May do everything. */
export const SYSTEM: Actor = { kind: 'system', id: 'system', name: 'Vínculo', permissions: everything() };

/** A set that has every permission, including those of features not yet written. */
function everything(): ReadonlySet<string> {
  const all = new Set<string>();
  all.has = () => true;
  return all;
}
