import type { Journey } from './complete-journey.ts';
import { dmyDate } from './dates.ts';
import type { Household } from './demo-customers.ts';
import { type ManifestEntry, tillFormat } from './manifest.ts';
import type { DemoFolder } from './demo-folder.ts';

/** The real campaigns: what they were, who received them, their coupons and which were redeemed, in the card system's files. */
export async function writeCampaigns(
  { shift, write }: DemoFolder,
  journey: Journey,
  households: Map<string, Household>,
): Promise<ManifestEntry[]> {
  const card = (household: string): string => households.get(household)!.cards[0]!.key;
  const manifest: ManifestEntry[] = [];
  const add = async (
    file: string,
    kind: ManifestEntry['kind'],
    mapping: Record<string, string>,
    rows: readonly (readonly string[])[],
    someKey?: string,
  ): Promise<void> => {
    const written = await write(file, tillFormat, Object.keys(mapping), (table) => rows.forEach((row) => table.cells(row)), someKey);
    manifest.push({ file, source: 'tarjeta', kind, mapping, options: tillFormat, rows: written });
  };
  const someKey = card(journey.redemptions[0]!.household);

  await add(
    'campanas.csv',
    'campaigns',
    { Campaña: 'campaign_key', Nombre: 'campaign_name', Tipo: 'campaign_kind', Inicio: 'starts_on', Fin: 'ends_on' },
    journey.campaigns.map(({ campaign, type, start, end }) => {
      const kind = type.replace('Type', 'Tipo');
      return [
        campaign,
        `Campaña ${campaign} (${kind.toLowerCase().slice(0, -1)}${kind.at(-1)})`,
        kind,
        dmyDate(start + shift),
        dmyDate(end + shift),
      ];
    }),
  );

  const start = new Map(journey.campaigns.map((campaign) => [campaign.campaign, campaign.start + shift]));
  const redeemed = new Map<string, number>();
  for (const { campaign, household, day } of journey.redemptions) {
    const pair = `${campaign} ${household}`;
    redeemed.set(pair, Math.min(redeemed.get(pair) ?? Number.POSITIVE_INFINITY, day + shift));
  }
  await add(
    'campana-contactos.csv',
    'campaign_contacts',
    {
      Campaña: 'campaign_key',
      'Nº tarjeta': 'customer_key',
      Fecha: 'occurred_at',
      Canal: 'channel',
      Respuesta: 'response',
      'F. respuesta': 'responded_at',
    },
    journey.campaignHouseholds.map(({ campaign, household }) => {
      const answered = redeemed.get(`${campaign} ${household}`);
      return [
        campaign,
        card(household),
        dmyDate(start.get(campaign)!),
        'Correo postal',
        answered ? 'Cupón canjeado' : '',
        answered ? dmyDate(answered) : '',
      ];
    }),
    someKey,
  );

  await add('cupones.csv', 'coupons', { Cupón: 'coupon_key', Campaña: 'campaign_key', Artículo: 'product_key' }, couponRows(journey));
  await add(
    'cupones-canjeados.csv',
    'redemptions',
    { Cupón: 'coupon_key', Campaña: 'campaign_key', 'Nº tarjeta': 'customer_key', Fecha: 'redeemed_at' },
    journey.redemptions.map(({ coupon, campaign, household, day }) => [coupon, campaign, card(household), dmyDate(day + shift)]),
    someKey,
  );
  return manifest;
}

/** Each coupon with the products that somebody bought in the sample; its first product where nobody bought any. */
function couponRows({ transactions, coupons }: Journey): string[][] {
  const sold = new Set(transactions.map(({ product }) => product));
  const rows: string[][] = [];
  const covered = new Set<string>();
  for (const { coupon, campaign, product } of coupons) {
    if (!sold.has(product)) continue;
    rows.push([coupon, campaign, product]);
    covered.add(`${coupon} ${campaign}`);
  }
  for (const { coupon, campaign, product } of coupons) {
    if (covered.has(`${coupon} ${campaign}`)) continue;
    covered.add(`${coupon} ${campaign}`);
    rows.push([coupon, campaign, product]);
  }
  return rows;
}
