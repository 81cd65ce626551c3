// What the API says about segments. Shared with the console as types; zod only.
import { z } from 'zod';
import { FactCondition, FieldCondition, MOST_NODES, Operator, Rule, RuleNode, SegmentCondition } from './rule.ts';

export * from './rule.ts';

export const SegmentKind = z.enum(['rule', 'list', 'prospects']);
const Name = z.string().trim().min(1).max(120);
const Description = z.string().trim().max(500);

export const SegmentRow = z.object({
  id: z.uuid(),
  kind: SegmentKind,
  name: z.string(),
  description: z.string(),
  /** Members; null while it is being counted for the first time. */
  size: z.number().nullable(),
  /** The size at the end of each of the last 30 days, oldest first. */
  trend: z.array(z.number()),
  /** When somebody last entered or left. */
  movedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  authorName: z.string(),
  archived: z.boolean(),
});
export const SegmentSort = z.enum(['name', '-size', '-moved']);
export const SegmentFilter = z.object({
  search: z.string().max(200).optional(),
  kind: SegmentKind.optional(),
  archived: z.enum(['yes', 'no']).optional(),
});
export const SegmentListQuery = SegmentFilter.extend({
  sort: SegmentSort.optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const SegmentCount = z.object({ count: z.number(), exact: z.boolean() });

const Named = z.object({ id: z.uuid(), name: z.string() });
export const Segment = SegmentRow.extend({
  rule: Rule.nullable(),
  /** Of the rule: sent back with a change, so that nobody overwrites another's. */
  version: z.number(),
  countedAt: z.iso.datetime().nullable(),
  frozenFrom: Named.nullable(),
  /** Everybody there is, to say which share of them it holds. */
  everybody: z.number(),
  /** Segments whose rule names this one. */
  usedBy: z.array(Named),
  /** Segments that its rule names. */
  uses: z.array(Named),
});

export const NewSegment = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rule'), name: Name, description: Description.default(''), rule: Rule }),
  z.object({
    kind: z.literal('list'),
    name: Name,
    description: Description.default(''),
    /** Copies the members of a segment as they are now. */
    from: z.uuid().optional(),
  }),
  z.object({ kind: z.literal('prospects'), name: Name, description: Description.default('') }),
]);
export const SegmentChange = z.object({
  name: Name.optional(),
  description: Description.optional(),
  rule: Rule.optional(),
  /** The version the change was made from; refused when it is not the current one. */
  version: z.number().int(),
});

export const CatalogueField = z.object({
  id: z.string(),
  group: z.enum(['profile', 'consent', 'score']),
  kind: z.enum(['choice', 'text', 'number', 'money', 'share', 'date', 'flag', 'list']),
  operators: z.array(Operator),
  /** Closed values, with words `<choicesAs>.<value>` of the catalogues. */
  choices: z.array(z.string()).nullable(),
  choicesAs: z.string(),
  /** Values are ids: ask for suggestions to know what they are called. */
  labelled: z.boolean(),
});
export const CatalogueFact = z.object({
  id: z.string(),
  by: z.array(z.object({ id: z.string(), choices: z.array(z.string()).nullable() })),
  measures: z.array(z.object({ id: z.string(), kind: z.enum(['number', 'money', 'date']), operators: z.array(Operator) })),
});
export const Catalogue = z.object({ version: z.number(), fields: z.array(CatalogueField), facts: z.array(CatalogueFact) });

export const SuggestQuery = z.object({
  /** A field of the catalogue, or `<fact>.<by>`. */
  of: z.string().max(80),
  search: z.string().max(100).optional(),
  /** Comma-separated values whose labels are wanted. */
  values: z.string().max(8000).optional(),
});
export const Suggestion = z.object({ value: z.string(), label: z.string() });
export const Suggestions = z.object({ items: z.array(Suggestion) });

export const PreviewRequest = z.object({ rule: Rule, /** The segment being changed. */ segment: z.uuid().optional() });
export const SampleCustomer = z.object({
  id: z.uuid(),
  kind: z.enum(['person', 'company']),
  name: z.string(),
  city: z.string().nullable(),
  revenue: z.number().nullable(),
});
export const Preview = z.object({
  count: z.number(),
  everybody: z.number(),
  /** 0..1 of everybody. */
  share: z.number(),
  /** Of all of them together, as last computed; null without value.read. */
  revenue: z.number().nullable(),
  sample: z.array(SampleCustomer),
});

export const MemberSort = z.enum(['name', '-revenue', '-last_purchase']);
export const MembersQuery = z.object({
  sort: MemberSort.default('name'),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const MembersExport = z.object({ format: z.enum(['csv', 'jsonl']).default('csv') });

export const MoveReason = z.enum(['rule', 'event', 'scored', 'time', 'list']);
export const SegmentHistory = z.object({
  days: z.array(z.object({ day: z.iso.date(), size: z.number(), entered: z.number(), gone: z.number() })),
  /** Of the last moves, newest first. */
  batches: z.array(
    z.object({ id: z.uuid(), reason: MoveReason, entered: z.number(), gone: z.number(), size: z.number(), at: z.iso.datetime() }),
  ),
});
export const MovesQuery = z.object({
  entered: z.enum(['yes', 'no']).optional(),
  batch: z.uuid().optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const SegmentMove = z.object({
  customerId: z.uuid(),
  /** Null for one who is no customer any more. */
  name: z.string().nullable(),
  entered: z.boolean(),
  reason: MoveReason,
  at: z.iso.datetime(),
});

/** What speaks for a condition, or against it: the measure found, and the newest facts behind it. */
export const Evidence = z.object({
  condition: z.union([FieldCondition, FactCondition, SegmentCondition]),
  holds: z.boolean(),
  /** What is known: texts of a field, a number, a day; null where nothing is. */
  found: z.union([z.array(z.string()), z.number(), z.string(), z.boolean(), z.null()]),
  /** Of a fact: the newest few. */
  facts: z.array(z.object({ at: z.iso.datetime(), what: z.string(), amount: z.number().nullable(), channel: z.string() })),
});
/** The rule again, each part with whether it holds. */
export interface WhyNode {
  match: 'all' | 'any' | 'none';
  holds: boolean;
  of: (WhyNode | z.infer<typeof Evidence>)[];
}
export const WhyNode: z.ZodType<WhyNode> = z
  .object({
    match: z.enum(['all', 'any', 'none']),
    holds: z.boolean(),
    get of() {
      return z.array(z.union([Evidence, WhyNode])).max(MOST_NODES);
    },
  })
  .meta({ id: 'SegmentWhy' });
export const Why = z.object({
  inside: z.boolean(),
  since: z.iso.datetime().nullable(),
  /** Of a list: who put them there. */
  addedBy: z.string().nullable(),
  rule: WhyNode.nullable(),
});
export const CustomerSegments = z.object({
  items: z.array(Named.extend({ kind: SegmentKind, description: z.string(), since: z.iso.datetime() })),
});

export const ListEntries = z
  .object({
    customers: z.array(z.uuid()).max(10_000).optional(),
    /** One customer a line, as pasted or as a file has it: an id, a customer number or an e-mail; of several columns the first that is known. */
    text: z.string().max(20_000_000).optional(),
  })
  .refine(({ customers, text }) => customers !== undefined || text !== undefined, { error: 'Give customers or text' });
export const ListChanged = z.object({
  added: z.number(),
  already: z.number(),
  /** Lines nobody is known by; the first hundred. */
  unknown: z.array(z.string()),
  unknownCount: z.number(),
  /** Lines that several customers are known by; none of them was put in. */
  ambiguous: z.array(z.string()),
  ambiguousCount: z.number(),
  size: z.number(),
});
export const ListRemoval = z.object({ customers: z.array(z.uuid()).min(1).max(10_000) });
export const ListRemoved = z.object({ removed: z.number(), size: z.number() });

export const NewProspect = z.object({
  name: z.string().trim().min(1).max(200),
  email: z.email().max(254).optional(),
  phone: z.string().trim().max(40).optional(),
  company: z.string().trim().max(200).optional(),
  /** Where they come from: a fair, a form, a list that was bought. */
  origin: z.string().trim().min(1).max(200),
  /** May they be written to? Left out: nobody asked. */
  consent: z.boolean().optional(),
  consentProof: z.string().trim().max(500).optional(),
});
export const NewProspects = z.object({ prospects: z.array(NewProspect).min(1).max(5_000) });
export const Prospect = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  company: z.string().nullable(),
  origin: z.string(),
  consent: z.boolean().nullable(),
  consentProof: z.string().nullable(),
  consentAt: z.iso.datetime().nullable(),
  addedAt: z.iso.datetime(),
  customerId: z.uuid().nullable(),
  convertedAt: z.iso.datetime().nullable(),
});
export const ProspectQuery = z.object({
  search: z.string().max(200).optional(),
  state: z.enum(['open', 'converted']).optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const ProspectsAdded = z.object({
  added: z.number(),
  already: z.number(),
  /** E-mails that are of customers already; those were not added. */
  customers: z.array(z.object({ email: z.string(), customerId: z.uuid() })),
  size: z.number(),
});
export const ProspectConverted = z.object({ prospect: Prospect, customerId: z.uuid(), created: z.boolean() });

export type RuleNodeInput = z.input<typeof RuleNode>;
