// How pairs are read. Whether a pair still asks something is seen in the links and decisions of the moment: somebody may have merged
// the two customers by hand, or a later file may have.
import { sql } from 'kysely';

/** Joins of a pair `p`: both records with their sources and current links. A pair whose record was taken back is not there. */
export const WITH_RECORDS = sql`
  join source_record ra on ra.id = p.record_a
  join source sa on sa.id = ra.source_id
  join link la on la.record_id = p.record_a and la.valid_to is null
  join source_record rb on rb.id = p.record_b
  join source sb on sb.id = rb.source_id
  join link lb on lb.record_id = p.record_b and lb.valid_to is null`;

/** The same, for those who only count. */
export const WITH_LINKS = sql`
  join link la on la.record_id = p.record_a and la.valid_to is null
  join link lb on lb.record_id = p.record_b and lb.valid_to is null`;

/** Whether pair `p`, joined with its links, is a question to anybody. */
export const ASKS = sql`
  p.state in ('open', 'waiting') and (la.customer_id = lb.customer_id) = (p.doubt = 'inside')
  and not exists (select from decision k where k.record_a = p.record_a and k.record_b = p.record_b and k.undone_at is null)`;

/** Whether this person has given an opinion on pair `p`. */
export const answeredBy = (person: string) => sql`
  exists (select from review_decision d where d.pair_id = p.id and d.by_id = ${person} and d.undone_at is null)`;
