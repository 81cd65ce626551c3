// What the API says about companies: people and what they are in them, sites, parents. Shared with the console as types.
import { z } from 'zod';

const Named = z.object({ id: z.uuid(), name: z.string() });
const day = z.iso.date();
const words = (most: number) => z.string().trim().max(most);

/** What a person is, or was, in a company. */
export const PersonRole = z.object({
  id: z.uuid(),
  person: Named,
  company: Named,
  title: z.string().nullable(),
  department: z.string().nullable(),
  startedOn: day.nullable(),
  endedOn: day.nullable(),
  current: z.boolean(),
  /** The source that says so; null when somebody put it in. */
  sourceLabel: z.string().nullable(),
  recordedBy: z.string(),
  saidAt: z.iso.datetime(),
});
export const RoleQuery = z.object({
  when: z.enum(['current', 'past']).optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const Dates = { startedOn: day.nullable().optional(), endedOn: day.nullable().optional() };
const ordered = ({ startedOn, endedOn }: { startedOn?: string | null | undefined; endedOn?: string | null | undefined }) =>
  !startedOn || !endedOn || startedOn <= endedOn;
const orderedDates = { path: ['endedOn'], params: { code: 'before_start' } };
export const NewRole = z
  .object({ personId: z.uuid(), companyId: z.uuid(), title: words(200).optional(), department: words(200).optional(), ...Dates })
  .refine(ordered, orderedDates);
export const RoleChange = z
  .object({ title: words(200).nullable().optional(), department: words(200).nullable().optional(), ...Dates })
  .refine(ordered, orderedDates);

export const CompanySite = z.object({
  /** Null for a place that a source knows. */
  id: z.uuid().nullable(),
  name: z.string(),
  street: z.string().nullable(),
  postcode: z.string().nullable(),
  city: z.string().nullable(),
  province: z.string().nullable(),
  phone: z.string().nullable(),
  sourceLabel: z.string().nullable(),
});
export const NewSite = z.object({
  name: words(120).min(1),
  street: words(200).optional(),
  postcode: words(20).optional(),
  city: words(120).optional(),
  province: words(120).optional(),
  phone: words(40).optional(),
});

/** What a group, or one company of it, has bought; null without value.read, or where nothing was bought. */
export const CompanyValue = z.object({ revenue: z.number(), margin: z.number().nullable(), orders: z.number() });
/** A company of the group; the group is a list from the top down, each after its parent. */
export const GroupCompany = Named.extend({
  parentId: z.uuid().nullable(),
  depth: z.number(),
  city: z.string().nullable(),
  value: CompanyValue.nullable(),
});

export const CompanyProfile = z.object({
  id: z.uuid(),
  legalName: z.string().nullable(),
  tradeName: z.string().nullable(),
  taxId: z.string().nullable(),
  sites: z.array(CompanySite),
  parent: Named.nullable(),
  /** The whole group, this company included; one company without a parent or subsidiaries is a group of itself. */
  group: z.array(GroupCompany),
  /** The group was larger than is shown. */
  groupCut: z.boolean(),
  groupValue: CompanyValue.nullable(),
  people: z.object({ current: z.number(), past: z.number() }),
});
export const SetParent = z.object({ parentId: z.uuid().nullable() });
/** `previous` is what to send to put it back. */
export const ParentSet = z.object({ parentId: z.uuid().nullable(), previous: z.uuid().nullable() });
