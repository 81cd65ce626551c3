import { composed, type Feature } from '@vinculo/http';
import { part as companies } from './companies/part.ts';
import type { CustomerFileSources } from './customers/members.ts';
import { customers } from './customers/part.ts';
import { part as facts } from './facts/part.ts';
import { part as households } from './households/part.ts';
import { part as identity } from './identity/part.ts';
import { part as imports } from './imports/part.ts';
import { part as live } from './live/part.ts';
import { part as quality } from './quality/part.ts';
import { part as relink } from './relink/part.ts';
import { part as review } from './review/part.ts';

export { conditions as customerConditions } from './customers/filter.ts';
export { searchWords } from './customers/search-words.ts';
export { mayAsk, seesWorth } from './customers/worth.ts';
export { type CustomerFileSources, type Membership, membersOf } from './customers/members.ts';
export type { Ranking } from './customers/ranking.ts';
export { listCustomers } from './customers/list-customers.ts';
export { channelSets } from './customers/channel-sets.ts';
export { countCustomers } from './customers/count-customers.ts';
export { exportCustomers, exportColumns } from './customers/export-customers.ts';
export {
  type CampaignContactFact,
  type ContactFact,
  type LiveFacts,
  type PurchaseFact,
  type RedemptionFact,
  removeFacts,
  writeFacts,
} from './facts/write-facts.ts';
export { type FactTold, tellFacts } from './facts/tell-facts.ts';
export { recordOfCustomer } from './facts/record-of-customer.ts';
export { type ConsentGiven, removeConsents, writeConsents } from './facts/write-consents.ts';
export { tieRecords } from './identity/tie-records.ts';
export { maskEmail, maskPhone, seesPersonal } from './identity/mask.ts';
export { followImport, takeIn } from './imports/follow-import.ts';
export type { ColumnMapping, Kind as ImportKindName } from './imports/import-run.ts';
export { inspectUpload, openUpload } from './imports/inspect-upload.ts';
export { checkMapping } from './imports/kinds.ts';
export { addSource, findSource, listSources } from './imports/sources.ts';
export { receiveUpload, type UploadedFile } from './imports/uploads.ts';
export { type Saved, type SaveRecords, saveRecords } from './live/save-records.ts';
export { manualSource } from './live/manual-source.ts';
export { withdrawRecord } from './live/withdraw-record.ts';
export type { RawRecord } from './records/normalise-record.ts';
export { duplicatesOverview } from './identity/duplicates-overview.ts';
export { evaluateAgainstTruth, type TruthFigures } from './identity/evaluate-against-truth.ts';
export { findCustomer } from './identity/find-customer.ts';
export { tellWarehouse } from './identity/tell-warehouse.ts';
export { enterCustomer } from './live/enter-customer.ts';
export { quality } from './quality/quality-snapshot.ts';
export { unify } from './identity/unify.ts';

/**
 * The customer file is one feature in parts: what comes in, who it is, one record at a time, what people decide, and what they see.
 * What the features to the right give is composed in apps/server/features.ts.
 */
export function customerFile(sources: CustomerFileSources): Feature {
  return {
    name: 'customer-file',
    migrations: new URL('./migrations/', import.meta.url),
    warehouse: new URL('./warehouse/', import.meta.url),
    ...composed([imports, facts, identity, households, companies, customers(sources), review, live, relink, quality]),
  };
}

/** Without lists kept elsewhere. */
export const feature: Feature = customerFile({});

export { type ImportFile, importFile } from './imports/import-file.ts';
