import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/board-page.tsx';
import { Accordion, List, Text } from '../../ui/kit.ts';
import { useRoles } from './role-select.tsx';

/** What each role may do, in words. */
export function Roles() {
  const { t } = useTranslation();
  return (
    <Card title={t('people:roles.title')} span={12} lead={t('people:roles.lead')}>
      <Accordion variant="default" chevronPosition="left" multiple>
        {useRoles().map(({ name, permissions }) => (
          <Accordion.Item key={name} value={name}>
            <Accordion.Control>
              <Text size="sm" fw={500}>
                {t(`access:role.${name}`)}
              </Text>
              <Text size="sm" c="dimmed">
                {t(`access:roleDescription.${name}`)}
              </Text>
            </Accordion.Control>
            <Accordion.Panel>
              <List size="sm" spacing={2}>
                {permissions.map((permission) => (
                  <List.Item key={permission}>{t(`access:permission.${permission}`)}</List.Item>
                ))}
              </List>
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Card>
  );
}
