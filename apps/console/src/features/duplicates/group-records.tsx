import { useTranslation } from 'react-i18next';
import { Box, Text, VisuallyHidden } from '../../ui/kit.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import type { Group } from './doubtful-groups.tsx';
import classes from './duplicates.module.css';

type Trait = 'name' | 'email' | 'phone' | 'birthDate' | 'nationalId' | 'city';
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
  const traits = TRAITS.filter((trait) => group.records.some((record) => record[trait] !== ''));
  return (
    <div className={classes.records}>
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
                {traits.map((trait) => {
                  const first = group.records.find((one) => one[trait] !== '')?.[trait];
                  const differs = record[trait] !== '' && record[trait] !== first;
                  return (
                    <td key={trait}>
                      {differs ? (
                        <mark className={classes.differs}>
                          {record[trait]}
                          <VisuallyHidden> ({t('duplicates:groups.differs')})</VisuallyHidden>
                        </mark>
                      ) : (
                        record[trait] || <span className={classes.none}>–</span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Box>
      <div className={classes.foot}>
        <Text size="xs" c="dimmed">
          {t('duplicates:groups.marked')}
        </Text>
        <LinkButton to="/customers/$id" params={{ id: group.customerId }} search={{ tab: 'identity' }} size="xs" variant="light">
          {t('duplicates:groups.open')}
        </LinkButton>
      </div>
    </div>
  );
}
