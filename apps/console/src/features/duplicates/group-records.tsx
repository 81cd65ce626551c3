import { useTranslation } from 'react-i18next';
import { Box, Text, VisuallyHidden } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { usePhone } from '../../ui/screen-size.ts';
import type { Group } from './doubtful-groups.tsx';
import classes from './duplicates.module.css';

type Trait = 'name' | 'email' | 'phone' | 'birthDate' | 'nationalId' | 'city';
type Member = Group['records'][number];
const TRAITS: readonly Trait[] = ['name', 'nationalId', 'email', 'phone', 'birthDate', 'city'];
/** The words of the fields are the importer's. */
const FIELD: Record<Trait, string> = {
  name: 'full_name',
  email: 'email',
  phone: 'phone',
  birthDate: 'birth_date',
  nationalId: 'national_id',
  city: 'city',
};

/** The records of a customer side by side; what differs from the first that has it stands out. */
export function GroupRecords({ group }: { group: Group }) {
  const { t } = useTranslation();
  const phone = usePhone();
  const traits = TRAITS.filter((trait) => group.records.some((record) => record[trait] !== ''));
  const Shape = phone ? Cards : SideBySide;
  return (
    <div className={classes.records}>
      <Shape group={group} traits={traits} />
      <div className={classes.foot}>
        <Text size="xs" c="dimmed">
          {t('duplicates:groups.marked')}
        </Text>
        <LinkButton to="/customers/$id/cluster" params={{ id: group.customerId }} size="xs" variant="subtle">
          {t('linkage:cluster.explore')}
        </LinkButton>
        <LinkButton to="/customers/$id" params={{ id: group.customerId }} search={{ tab: 'identity' }} size="xs" variant="light">
          {t('duplicates:groups.open')}
        </LinkButton>
      </div>
    </div>
  );
}

interface ShapeProps {
  group: Group;
  traits: readonly Trait[];
}

function SideBySide({ group, traits }: ShapeProps) {
  const { t } = useTranslation();
  return (
    <Box className={classes.scroll!} tabIndex={0} role="region" aria-label={t('duplicates:groups.compare', { name: group.name })}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('duplicates:groups.source')}</th>
            {traits.map((trait) => (
              <th key={trait} scope="col">
                {t(`imports:field.${FIELD[trait]}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {group.records.map((record) => (
            <tr key={record.id}>
              <th scope="row">{record.sourceLabel}</th>
              {traits.map((trait) => (
                <td key={trait}>
                  <TraitValue group={group} record={record} trait={trait} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Box>
  );
}

function Cards({ group, traits }: ShapeProps) {
  const { t } = useTranslation();
  return group.records.map((record) => (
    <section key={record.id} className={classes.card} aria-label={record.sourceLabel}>
      <Text size="sm" fw={600}>
        {record.sourceLabel}
      </Text>
      <dl className={classes.fields}>
        {traits.map((trait) => (
          <div key={trait} style={{ display: 'contents' }}>
            <dt>{t(`imports:field.${FIELD[trait]}`)}</dt>
            <dd>
              <TraitValue group={group} record={record} trait={trait} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  ));
}

function TraitValue({ group, record, trait }: { group: Group; record: Member; trait: Trait }) {
  const { t } = useTranslation();
  const value = record[trait];
  const first = group.records.find((one) => one[trait] !== '')?.[trait];
  if (value === '') return <span className={classes.none}>–</span>;
  if (value === first) return value;
  return (
    <mark className={classes.differs}>
      {value}
      <VisuallyHidden> ({t('duplicates:groups.differs')})</VisuallyHidden>
    </mark>
  );
}
