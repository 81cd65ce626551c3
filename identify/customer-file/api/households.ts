// What the API says about households. Shared with the console as types; no server code here.
import { z } from 'zod';

/** Why somebody is of a household: what they share with the housemate who ties them most; or somebody decided it. */
export const HouseholdReason = z.enum(['door', 'building', 'both_surnames', 'surname', 'phone', 'email', 'decided']);
/** What somebody is in it, no further than surnames and ages show. */
export const HouseholdRole = z.enum(['parent', 'child', 'sibling', 'member']);
/** Of all members together; null without value.read, or where nobody has bought. */
export const HouseholdValue = z.object({ revenue: z.number(), margin: z.number().nullable(), orders: z.number() });

const Person = z.object({ id: z.uuid(), name: z.string() });

export const HouseholdRow = z.object({
  id: z.uuid(),
  /** What it is called by: García López. */
  surnames: z.string(),
  members: z.number(),
  /** The first few of them. */
  people: z.array(Person),
  city: z.string().nullable(),
  province: z.string().nullable(),
  confirmed: z.boolean(),
  value: HouseholdValue.nullable(),
  changedAt: z.iso.datetime(),
});

export const HouseholdSort = z.enum(['name', '-members', '-revenue']);
export const HouseholdFilter = z.object({
  search: z.string().max(200).optional(),
  province: z.string().max(80).optional(),
  confirmed: z.enum(['yes', 'no']).optional(),
});
export const HouseholdCount = z.object({ count: z.number(), exact: z.boolean(), people: z.number() });
export const HouseholdListQuery = HouseholdFilter.extend({
  sort: HouseholdSort.optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const HouseholdMember = Person.extend({
  role: HouseholdRole,
  birthYear: z.number().nullable(),
  city: z.string().nullable(),
  joinedAt: z.iso.datetime(),
  /** 0..1, of the strongest tie. */
  probability: z.number(),
  tiedTo: Person.nullable(),
  reasons: z.array(HouseholdReason),
  value: HouseholdValue.nullable(),
});

export const Household = z.object({
  id: z.uuid(),
  surnames: z.string(),
  /** Street and door are masked for readers without customer.read_personal. */
  address: z.object({
    street: z.string().nullable(),
    rest: z.string().nullable(),
    postcode: z.string().nullable(),
    city: z.string().nullable(),
    province: z.string().nullable(),
  }),
  members: z.array(HouseholdMember),
  /** Somebody decided that all of them live together. */
  confirmed: z.boolean(),
  /** The lowest probability among its members' ties, 0..1. */
  weakest: z.number(),
  value: HouseholdValue.nullable(),
  firstSeen: z.iso.datetime(),
  changedAt: z.iso.datetime(),
  /** Nobody is left who lives with another; `became` is where most of its members went. */
  dissolvedAt: z.iso.datetime().nullable(),
  became: z.uuid().nullable(),
});

/** Somebody who may be of the household, and is not: of the same building, with what speaks for it. */
export const NearbyPerson = Person.extend({ sameDoor: z.boolean(), inHousehold: z.uuid().nullable() });

/** The household of a person, or none; and who else is at the address. */
export const CustomerHousehold = z.object({ household: Household.nullable(), nearby: z.array(NearbyPerson) });

export const HouseholdChangeKind = z.enum(['made', 'put_in', 'taken_out', 'confirmed', 'undone', 'joined', 'left']);
/** What people decided, and who came and went by themselves (`joined`, `left`: without an id, nothing to undo). */
export const HouseholdChange = z.object({
  id: z.uuid().nullable(),
  kind: HouseholdChangeKind,
  people: z.array(Person),
  by: z.string().nullable(),
  reason: z.string().nullable(),
  changedAt: z.iso.datetime(),
  undone: z.boolean(),
});

const Reason = z.string().trim().max(500).optional();
export const NewHousehold = z.object({ customers: z.array(z.uuid()).min(2).max(15), reason: Reason });
export const HouseholdPerson = z.object({ customerId: z.uuid(), reason: Reason });
export const ConfirmHousehold = z.object({ reason: Reason });
/** `householdId` is null when nothing is left of the household. */
export const HouseholdChanged = z.object({ changeId: z.uuid(), householdId: z.uuid().nullable() });
