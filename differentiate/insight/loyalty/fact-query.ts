// What is seen of each customer, in the warehouse: the same as `observeLoyalty` of @vinculo/value, which a test holds it to.
// Parameters of all: day (of the scoring) and timeZone, both of the company's calendar, and the lists of the market facts.
import { AREA_LEAST, ONE_FOR_ALL } from '@vinculo/value';
import { COMPLAINT_WORDS } from '../life-cycle/contact-days.ts';

const DAY = 'toDate(o.occurred_at, {timeZone:String})';

/** Orders with a coupon on a line, that made it free too, or with a reward; what a coupon took off something brought back is none. */
const COUPON_ORDERS = `
  select order_id from customer_line where coupon > 0 and amount >= 0
   union all
  select cityHash64(source_id, order_key) from redemption final where order_key != ''`;
/** Who redeemed on which day, where the source does not say in which order: it is of what they bought that day. */
const REWARD_DAYS = `
  select cityHash64(customer_id, toDate(redeemed_at, {timeZone:String})) from customer_redemption where order_key = ''`;
/** Of an order `o`: whether anything of it was had for a coupon or a reward. */
export const IS_REWARDED = `(o.order_id in (${COUPON_ORDERS}) or cityHash64(o.customer_id, ${DAY}) in (${REWARD_DAYS}))`;

/** A moment and how cheap the visit was, in one number: sorting numbers is many times quicker than sorting rows. */
const DEPTHS = 16_384;
/** What the shelf says less what was paid: discounts that only the list price tells are discounts too. What came back was not cheap. */
const DEPTH = 'greatest(o.saved, o.listed - toFloat64(o.amount + o.returned)) / o.listed';
const VISITS = `
  select customer_id,
         arraySort(groupArray(toUInt64(toUnixTimestamp(o.occurred_at)) * ${DEPTHS} +
                              toUInt32(10000 * if(o.listed > 0, least(1, greatest(0, ${DEPTH})), 0)))) as list,
         groupArray(toInt32(${DAY})) as paid_on, groupArray(toFloat64(o.amount)) as paid,
         groupArrayIf(toUInt32(cityHash64(o.store)), o.store != '') as stores,
         groupArrayIf(toUInt32(cityHash64(o.channel)), o.channel != '') as channels,
         toUInt32(countIf(${IS_REWARDED})) as rewarded
    from customer_order o where o.amount > 0
   group by customer_id`;

/** Probability that two of a list are equal: each that was there before makes a pair with every earlier one. */
const same = (list: string) =>
  `if(length(${list}) < 2, null, (arraySum(arrayEnumerateUniq(${list})) - length(${list})) / (length(${list}) * (length(${list}) - 1) / 2))`;
const beyond = (probability: string, chance: string) => `(${probability} - ${chance}) / (1 - ${chance})`;

/**
 * The main channel is the most frequent, of those the one of the first visit: counted from the end, the last that comes to as
 * many times as any does.
 */
const HABITS = `
  with (select (groupArray(toUInt32(cityHash64(channel))), groupArray(toString(channel))) from (select distinct channel from customer_order)) as names
  select customer_id, toUInt32(length(list)) as visits,
         arraySort(paid_on) as dates, arrayCompact(dates) as days_list, toUInt32(length(days_list)) as days,
         arrayPopFront(arrayDifference(days_list)) as gap_list, toUInt32(length(gap_list)) as gaps,
         arrayPopFront(arrayDifference(dates)) as next_gaps, arrayPopBack(arrayMap(v -> v % ${DEPTHS}, list)) as depths, toUInt32(length(depths)) as pairs,
         arraySum(paid) as spent, greatest(0, {day:Int32} - days_list[1]) as age, (days_list[1] + {day:Int32}) / 2 as middle,
         stores, toUInt32(length(stores)) as placed, channels, toUInt32(length(channels)) as reached,
         rewarded, arrayReverse(channels) as latest, arrayEnumerateUniq(latest) as again, arrayMax(again) as most,
         transform(arrayLast((c, n) -> n = most, latest, again), names.1, names.2, '') as main_channel,
         days * 30 / greatest(60, age) as pace,
         if(gaps < 3, null, 1 - arrayReduce('stddevPop', gap_list) / arrayAvg(gap_list)) as regularity,
         ${beyond(same('arrayMap(d -> modulo(d, 7), days_list)'), '1 / 7')} as weekday,
         spent / visits as basket,
         arraySum(arrayMap((p, d) -> if(d > middle, p, 0), paid, paid_on)) as late,
         if(age < 120 or visits < 4, null, log2((late + basket) / (spent - late + basket))) as growth,
         toFloat64(age) as tenure,
         if({sameStore:Float64} > ${ONE_FOR_ALL}, null, ${beyond(same('stores'), '{sameStore:Float64}')}) as same_store,
         if({sameChannel:Float64} > ${ONE_FOR_ALL}, null, ${beyond(same('channels'), '{sameChannel:Float64}')}) as channel,
         if(pairs < 5, null, arrayReduce('corr', depths, next_gaps)) as stockpile
    from visits`;

/** Before coupons: who pays half with a coupon does not buy where it is cheapest. */
const UNIT = 'toFloat64(p.amount + p.coupon) / toFloat64(p.quantity)';
/** Some tills write a coupon with a minus sign: where it then costs less than nothing, no price can be read of it. */
export const IS_PRICED = "p.product_key != '' and p.quantity > 0 and p.amount + p.coupon > 0";

/** Beyond coupons. A coupon with a minus sign can leave a price on the shelf of nothing at all, which is no reduction. */
export const IS_REDUCED = '(p.discount > 0 or (p.listed > p.amount + p.discount + p.coupon and p.listed > 0))';

/** What a unit of each product usually costs. */
export const PRODUCTS = `
  select p.product_key, quantileExactInclusive(0.5)(${UNIT}) as usual from customer_line p where p.amount > 0 and ${IS_PRICED} group by p.product_key`;

const USUAL = 'transform(p.product_key, usuals.1, usuals.2, 0.)';

/** Probability that two of the lines are equal of which something is known; those of which it is not are equal to each other. */
const sameKnown = (hashes: string, known: string) => `
  if(${known} < 4, null,
     (arraySum(arrayEnumerateUniq(${hashes})) - lines - (lines - ${known}) * (lines - ${known} - 1.) / 2) / (${known} * (${known} - 1) / 2))`;

/**
 * Two lines of one product, or of one category, are counted of a list of their hashes, both in one number. What a product
 * usually costs is looked up once for each product of a block, not joined to each line.
 */
const LINES = `
  with (select (arrayPushBack(groupArray(toString(key)), ''), arrayPushBack(groupArray(usual), 0.)) from loyalty_work_product) as usuals
  select customer_id, lines, discounted, known, sorted, priced,
         ${sameKnown('arrayMap(h -> bitShiftRight(h, 32), hashes)', 'known')}, ${sameKnown('arrayMap(h -> toUInt32(h), hashes)', 'sorted')},
         saving, bought, of_exclusive, of_contract
    from (
      select any(p.customer_id) as customer_id, toUInt32(count()) as lines,
             toUInt32(countIf(${IS_REDUCED})) as discounted,
             groupArray(bitShiftLeft(cityHash64(p.product_key), 32) + toUInt32(cityHash64(p.category))) as hashes,
             toUInt32(countIf(p.product_key != '')) as known, toUInt32(countIf(p.category != '')) as sorted,
             toUInt32(countIf(${USUAL} > 0 and ${IS_PRICED})) as priced,
             sumIf(log(${USUAL} / (${UNIT})), ${USUAL} > 0 and ${IS_PRICED}) as saving,
             sum(toFloat64(p.amount)) as bought,
             sumIf(toFloat64(p.amount), p.product_key in {exclusiveProducts:Array(String)} or p.category in {exclusiveCategories:Array(String)}) as of_exclusive,
             sumIf(toFloat64(p.amount), p.product_key in {contractProducts:Array(String)} or p.category in {contractCategories:Array(String)}) as of_contract
        from customer_line p
       where p.amount > 0
       group by p.customer_no
    ) settings optimize_aggregation_in_order = 1`;

/** Where they live, as the record says that changed last. */
const HOMES = `
  select i.customer_id as customer_id,
         argMaxIf(substring(m.postcode, 1, length(m.postcode) - 2), m.changed_at, length(m.postcode) > 3) as area,
         argMaxIf(m.province, m.changed_at, m.province != '') as province
    from (select record_id, changed_at, postcode, JSONExtractString(traits, 'province') as province from match_record final) m
    join (select record_id, customer_id from identity final) i on i.record_id = m.record_id
   group by i.customer_id`;

/** With the store where the people of their area buy most. */
const PLACES = `
  select h.customer_id, h.area, h.province, l.local
    from loyalty_work_home h
    left join (
      select area, argMax(store, (visits, store)) as local from (
        select h.area as area, o.store as store, count() as visits
          from customer_order o join loyalty_work_home h on h.customer_id = o.customer_id
         where h.area != '' and o.store != '' and o.amount > 0
         group by area, store
      )
      where area in (select area from loyalty_work_home where customer_id in (select customer_id from customer_order where amount > 0)
                      group by area having count() >= ${AREA_LEAST})
      group by area
    ) l on l.area = h.area`;

/** What is gathered before the facts, each in a table of its own and out of those before it. */
export const GATHERED = {
  loyalty_work_product: PRODUCTS,
  loyalty_work_line: LINES,
  loyalty_work_home: HOMES,
  loyalty_work_place: PLACES,
} as const;

const IS_COMPLAINT = COMPLAINT_WORDS.map((word) => `'${word}'`).join(', ');
const IS_REFERRAL = 'referral|referid|recomiend|recomend|recommend';
const IS_SURVEY = 'survey|encuesta|satisf|\\\\bnps\\\\b|valoraci';
/** «9», «9/10», «4,5 de 5», «85 %»; a word where there is no number. */
const ANSWER = `
  multiIf(number != '', least(1, told / multiIf(scale != '', greatest(1, toFloat64(scale)), told > 10, 100, 10)),
          match(said, 'detract|insatisf|dissatisf|unsatisf|muy mal|very bad'), 0.1,
          match(said, 'promot|excelente|excellent|encantad|muy satisf|very satisf'), 1,
          match(said, 'pasiv|passive|neutral'), 0.7,
          match(said, 'satisf|contento|happy'), 0.8, null)`;
/** An answer is one whoever rang; a call back about a complaint is none, nor is asking to be recommended. */
const ATTITUDE = `
  select customer_id, toUInt32(countIf(isNotNull(answer))) as surveys, avg(answer) as survey,
         toUInt32(countIf(theirs and match(about, '${IS_REFERRAL}'))) as referrals,
         toUInt32(countIf(theirs and multiSearchAny(concat(about, ' ', said), [${IS_COMPLAINT}]))) as complaints
    from (
      select c.customer_id as customer_id, lowerUTF8(c.topic) as about, lowerUTF8(c.outcome) as said, c.direction != 'out' as theirs,
             extract(said, '(\\\\d+(?:[.,]\\\\d+)?)') as number, toFloat64OrZero(replaceOne(number, ',', '.')) as told,
             extract(said, '(?:/|de|of)\\\\s*(\\\\d+)') as scale, if(match(about, '${IS_SURVEY}'), ${ANSWER}, null) as answer
        from customer_contact c
    ) group by customer_id`;

const MAILINGS = `
  select customer_id, toUInt32(count()) as contacted, toUInt32(countIf(response != '' or isNotNull(responded_at))) as responded
    from customer_mailing
   group by customer_id`;

/** The columns of customer_loyalty_fact that {@link FACT_QUERY} gives, in its order. */
export const FACT_COLUMNS = [
  'customer_id',
  'visits',
  'days',
  'gaps',
  'pairs',
  'placed',
  'reached',
  'lines',
  'known',
  'sorted',
  'priced',
  'contacted',
  'surveys',
  'referrals',
  'complaints',
  'discounted',
  'coupon_visits',
  'responded',
  'main_channel',
  'area',
  'province',
  'pace',
  'regularity',
  'weekday',
  'sameness',
  'variety',
  'basket',
  'growth',
  'tenure',
  'same_store',
  'near',
  'channel',
  'deals',
  'price',
  'stockpile',
  'coupons',
  'mailing',
  'survey',
  'referral',
  'complaint',
  'exclusive',
  'contract',
  'no_rival',
] as const;

/** NaN and infinity are what cannot be known. */
const finite = (value: string) => `if(isFinite(${value}), ${value}, null)`;

export const FACT_QUERY = `
  with visits as (${VISITS}), habits as (${HABITS}), attitude as (${ATTITUDE}), mailings as (${MAILINGS}),
       arrayMap(n -> toUInt32(cityHash64(n)), {stores:Array(String)}) as lonely
  select h.customer_id, h.visits, h.days, h.gaps, h.pairs, h.placed, h.reached,
         ifNull(b.lines, 0), ifNull(b.known, 0), ifNull(b.sorted, 0), ifNull(b.priced, 0),
         ifNull(m.contacted, 0), ifNull(a.surveys, 0), ifNull(a.referrals, 0), ifNull(a.complaints, 0), ifNull(b.discounted, 0),
         h.rewarded, ifNull(m.responded, 0),
         h.main_channel, ifNull(p.area, ''), ifNull(p.province, ''),
         h.pace, ${finite('h.regularity')}, ${finite('h.weekday')},
         b.same_product, 1 - b.same_category,
         h.basket, ${finite('h.growth')}, h.tenure, ${finite('h.same_store')},
         if(ifNull(p.local, '') = '' or h.placed = 0, null, countEqual(h.stores, toUInt32(cityHash64(assumeNotNull(p.local)))) / h.placed),
         ${finite('h.channel')},
         if(ifNull(b.lines, 0) = 0, null, b.discounted / b.lines),
         if(ifNull(b.priced, 0) = 0, null, b.saving / b.priced),
         ${finite('h.stockpile')},
         h.rewarded / h.visits,
         if(ifNull(m.contacted, 0) = 0, null, m.responded / m.contacted),
         a.survey,
         toFloat64(ifNull(a.referrals, 0)),
         ifNull(a.complaints, 0) / (1 + h.visits / 20),
         if(ifNull(b.bought, 0) > 0, b.of_exclusive / b.bought, 0),
         if(ifNull(b.bought, 0) > 0, b.of_contract / b.bought, 0),
         if(ifNull(p.province, '') in {provinces:Array(String)}, 1,
            arrayCount(s -> has(lonely, s), h.stores) / h.visits)
    from habits h
    left join loyalty_work_line b on b.customer_id = h.customer_id
    left join loyalty_work_place p on p.customer_id = h.customer_id
    left join attitude a on a.customer_id = h.customer_id
    left join mailings m on m.customer_id = h.customer_id
  settings join_use_nulls = 1, optimize_aggregation_in_order = 1, join_algorithm = 'full_sorting_merge'`;

/** 1 where none is known: then being faithful to one says nothing. */
const alike = (of: 'store' | 'channel') => `
  (select if(count() = 0, 1, sum(n * n) / (sum(n) * sum(n)))
     from (select toFloat64(count()) as n from customer_order where amount > 0 and ${of} != '' group by ${of}))`;

/** How alike visits are anyway: probability that two of anybody are in one store, or through one channel. */
export const ALIKE_QUERY = `select ${alike('store')} as sameStore, ${alike('channel')} as sameChannel`;
