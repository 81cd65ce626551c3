import { useTranslation } from 'react-i18next';
import { useWords } from '../../app/search.ts';
import { useMe } from '../../app/session.ts';
import { Stack, Text } from '../../ui/kit.ts';
import { IconBuildingStore, IconRosetteDiscountCheck } from '../../ui/icons.ts';
import { RecordPage } from '../../ui/record-page.tsx';
import { Company, useNames } from './company.tsx';
import { SurvivorshipRules } from './survivorship.tsx';

export default function Settings() {
  const { t, i18n } = useTranslation();
  const names = useNames(i18n.language);
  const named = (list: { value: string; label: string }[], value: string) => list.find((one) => one.value === value)?.label ?? value;
  const { company } = useMe();
  const [{ tab = 'company' }, change] = useWords<{ tab?: string }>();
  const facts: [string, string][] = [
    [t('settings:timeZone'), named(names.zones, company.timeZone)],
    [t('settings:currency'), named(names.currencies, company.currency)],
    [t('settings:country'), named(names.countries, company.country)],
    [t('settings:language'), t(`common:language.${company.language}`)],
  ];
  return (
    <RecordPage
      title={t('settings:title')}
      tab={tab}
      onTab={(next) => change({ tab: next }, { replace: true })}
      summary={
        <Stack gap="md">
          <Text fw={600}>{company.name || t('shell:settings.unnamed')}</Text>
          {facts.map(([label, value]) => (
            <div key={label}>
              <Text size="xs" c="dimmed">
                {label}
              </Text>
              <Text size="sm">{value}</Text>
            </div>
          ))}
        </Stack>
      }
      tabs={[
        { id: 'company', label: t('settings:company'), icon: IconBuildingStore, content: () => <Company /> },
        {
          id: 'survivorship',
          label: t('shell:settings.survivorship'),
          icon: IconRosetteDiscountCheck,
          content: () => <SurvivorshipRules />,
        },
      ]}
    />
  );
}
