import type { Why as WhyAnswer, WhyNode } from '@vinculo/segments/api';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { IconBan, IconCheck } from '../../ui/icons.ts';
import { Stack, Text } from '../../ui/kit.ts';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import { Why } from '../../ui/why.tsx';
import type { Condition, Rule } from './rule-shapes.ts';
import { conditionWords, type Words } from './sentence.ts';
import { useWordsOf } from './use-words.ts';

type Part = WhyNode['of'][number];
type Evidence = Exclude<Part, WhyNode>;

/** «¿Por qué?» beside a member: the conditions of the rule, which hold, and the facts behind each. */
export function WhyMembership({ segment, customer }: { segment: { id: string }; customer: { id: string; name: string } }) {
  const { t } = useTranslation();
  return (
    <Why about={t('segments:why.about', { name: customer.name })} width={420}>
      <Reasons segment={segment.id} customer={customer.id} />
    </Why>
  );
}

function Reasons({ segment, customer }: { segment: string; customer: string }) {
  const { t } = useTranslation();
  const { data, error } = useGet<z.infer<typeof WhyAnswer>>(`/segments/${segment}/why/${customer}`);
  const words = useWordsOf(data?.rule ? [ruleOf(data.rule)] : []);
  if (error) return <ErrorNote error={error} />;
  if (!data || !words) return <BlockSkeleton height={80} />;
  const { format } = words;
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {t(data.inside ? 'segments:why.in' : 'segments:why.out')} {data.since && t('segments:why.since', { date: format.date(data.since) })}
      </Text>
      {data.rule ? (
        <Node node={data.rule} words={words} />
      ) : (
        <Text size="sm">{data.addedBy ? t('segments:why.added', { name: data.addedBy }) : t('segments:why.byHand')}</Text>
      )}
    </Stack>
  );
}

/** The rule that is explained, for the labels of its values. */
function ruleOf(node: WhyNode): Rule {
  const conditions = (part: Part): Condition[] => ('match' in part ? part.of.flatMap(conditions) : [part.condition as Condition]);
  return { version: 1, where: { kind: 'group', match: 'all', of: conditions(node) } };
}

function Node({ node, words }: { node: WhyNode; words: Words }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {words.t(`segments:why.${node.match}`)}
      </Text>
      <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {node.of.map((part, n) => (
          <li key={n} style={{ paddingBlock: 4 }}>
            {'match' in part ? <Node node={part} words={words} /> : <One evidence={part} words={words} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

function One({ evidence, words }: { evidence: Evidence; words: Words }) {
  const { t, format } = words;
  const { condition, holds, facts } = evidence;
  const Sign = holds ? IconCheck : IconBan;
  const found = foundWords(evidence, words);
  return (
    <div style={{ display: 'flex', gap: 8 }}>
      <Sign
        size={16}
        role="img"
        aria-label={t(holds ? 'segments:why.holds' : 'segments:why.fails')}
        style={{ flex: 'none', marginTop: 2 }}
      />
      <div>
        <Text size="sm">{conditionWords(condition as Condition, words)}</Text>
        {condition.kind !== 'segment' && (
          <Text size="xs" c="dimmed">
            {found ? t('segments:why.found', { value: found }) : t('segments:why.nothing')}
          </Text>
        )}
        {facts.map(({ at, what, amount, channel }, n) => (
          <Text key={n} size="xs" c="dimmed">
            {[
              format.date(at),
              what,
              channel && t(`customers:channel.${channel}`, { defaultValue: channel }),
              amount !== null && format.money(amount),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        ))}
      </div>
    </div>
  );
}

function foundWords({ condition, found }: Evidence, words: Words): string {
  const { t, format, catalogue } = words;
  if (found === null) return '';
  if (typeof found === 'boolean') return t(found ? 'common:yes' : 'common:no');
  if (Array.isArray(found)) {
    const of = condition.kind === 'field' ? condition.field : '';
    // A condition names the purpose; that it is on some channel is said by another value of the same statement.
    return format.list(found.map((one) => words.label(of, one)));
  }
  if (typeof found === 'string') return format.date(`${found}T12:00:00Z`);
  const kind =
    condition.kind === 'fact'
      ? catalogue.facts.find(({ id }) => id === condition.fact)?.measures.find(({ id }) => id === condition.measure)?.kind
      : condition.kind === 'field'
        ? catalogue.fields.find(({ id }) => id === condition.field)?.kind
        : undefined;
  if (kind === 'money') return format.money(found);
  if (kind === 'share') return format.percent(found);
  return format.number(found, Number.isInteger(found) ? 0 : 1);
}
