import { matchColumnName } from './column-name.ts';
import { FIELDS, type Field, type FieldName, FIELD_NAMES, type ImportKind } from './fields.ts';
import { fitOf, valueEvidence } from './value-evidence.ts';

export interface FieldProposal {
  field: FieldName;
  /** 0..1; above 0.6 it can be taken without asking. */
  score: number;
  /** What speaks for it. */
  reason: 'name' | 'values' | 'name-and-values';
  /** The synonym the header matched. */
  synonym?: string;
  /** Share of the values that fit, where values can tell. */
  share?: number;
}

/** How far values alone, without any help from the header, can be believed. */
const BY_VALUES: Partial<Record<FieldName, number>> = {
  email: 0.95,
  national_id: 0.88,
  phone: 0.75,
  mobile: 0.7,
  full_name: 0.7,
  given_name: 0.65,
  surname: 0.5,
  surname1: 0.55,
  company_name: 0.6,
  birth_date: 0.6,
  address: 0.7,
  postcode: 0.62,
  province: 0.6,
  country: 0.5,
  gender: 0.55,
  currency: 0.7,
  occurred_at: 0.45,
};

/**
 * What a column means, from its header in Spanish or English and a sample of its values, best first; empty when nothing
 * speaks. With `kind` only the fields of that kind of file are considered.
 */
export function proposeField(columnName: string, sampleValues: readonly string[], kind?: ImportKind): FieldProposal[] {
  const seen = valueEvidence(sampleValues);
  const proposals: FieldProposal[] = [];
  for (const field of FIELD_NAMES) {
    const { kinds }: Field = FIELDS[field];
    if (kind !== undefined && !kinds.includes(kind)) continue;
    const match = matchColumnName(columnName, field);
    const share = seen.samples === 0 ? undefined : fitOf(field, seen);
    const named = match === undefined ? 0 : match.score * trust(share);
    const valued =
      share === undefined || share < 0.5 || (field === 'company_name' && seen.company < 0.5) || (field === 'address' && seen.address < 0.5)
        ? 0
        : (BY_VALUES[field] ?? 0) * share * valuesTell(field, seen.distinct);
    const score = Math.round(Math.min(1, Math.max(named, valued) + (named > 0.3 && valued > 0.3 ? 0.05 : 0)) * 1000) / 1000;
    if (score < 0.2) continue;
    const proposal: FieldProposal = {
      field,
      score,
      reason: named === 0 || valued > named * 1.5 ? 'values' : share === undefined || share < 0.5 ? 'name' : 'name-and-values',
    };
    if (match !== undefined && named > 0) proposal.synonym = match.synonym;
    if (share !== undefined) proposal.share = Math.round(share * 100) / 100;
    proposals.push(proposal);
  }
  return proposals.toSorted((a, b) => b.score - a.score).slice(0, 6);
}

/** Values that fit confirm a name, values that do not almost refute it. */
function trust(share: number | undefined): number {
  if (share === undefined) return 0.9;
  return share < 0.2 ? 0.35 + share : 0.6 + 0.4 * share;
}

/** Postcodes and countries repeat; a column where every value differs is rather a number of something. */
function valuesTell(field: FieldName, distinct: number): number {
  return (field === 'gender' || field === 'currency' || field === 'country') && distinct > 0.8 ? 0.5 : 1;
}

export interface Column {
  name: string;
  samples: readonly string[];
}

export interface MappingProposal extends FieldProposal {
  column: string;
}

/** A whole file at once: every column gets its best field that no surer column has taken; columns nothing speaks for are left out. */
export function proposeMapping(columns: readonly Column[], kind?: ImportKind): MappingProposal[] {
  const candidates = columns.flatMap((column, place) =>
    proposeField(column.name, column.samples, kind).map((proposal) => ({ place, proposal })),
  );
  const taken = new Set<FieldName>();
  const mapping: Array<MappingProposal | undefined> = columns.map(() => undefined);
  for (const { place, proposal } of candidates.toSorted((a, b) => b.proposal.score - a.proposal.score || a.place - b.place)) {
    if (proposal.score < 0.35 || taken.has(proposal.field) || mapping[place] !== undefined) continue;
    taken.add(proposal.field);
    mapping[place] = { ...proposal, column: columns[place]!.name };
  }
  return mapping.filter((proposal) => proposal !== undefined);
}
