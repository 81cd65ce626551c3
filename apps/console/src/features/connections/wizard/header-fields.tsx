import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconPlus, IconTrash } from '../../../ui/icons.ts';
import { ActionIcon, Button, Group, Stack, TextInput } from '../../../ui/kit.ts';
import { SecretInput } from './secret-input.tsx';
import type { ConnectionWizard } from './use-connection-wizard.ts';

const NAME = /^[A-Za-z0-9-]{1,100}$/;

/** Headers that go along with every request: a name that is seen and a value that is not. */
export function HeaderFields({ wizard }: { wizard: ConnectionWizard }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const headers = (wizard.settings.headers as string[] | undefined) ?? [];
  const fits = NAME.test(name) && !headers.some((one) => one.toLowerCase() === name.toLowerCase());
  return (
    <Stack gap="xs">
      {headers.map((header) => (
        <Group key={header} align="flex-end" wrap="nowrap" gap="xs">
          <div style={{ flex: 1 }}>
            <SecretInput wizard={wizard} name={`header.${header}`} label={header} />
          </div>
          <ActionIcon
            variant="subtle"
            color="red"
            size={36}
            aria-label={t('connections:wizard.where.dropHeader', { name: header })}
            onClick={() => {
              wizard.type({ headers: headers.filter((one) => one !== header) });
              // A value that is kept on the server goes with it.
              if (wizard.kept.includes(`header.${header}`)) wizard.setSecret(`header.${header}`, '');
              else wizard.dropSecret(`header.${header}`);
            }}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Group align="flex-end" gap="xs">
        <TextInput
          label={t('connections:wizard.where.header')}
          description={t('connections:wizard.where.headerHelp')}
          placeholder="X-Api-Key"
          value={name}
          onChange={(event) => setName(event.currentTarget.value.trim())}
        />
        <Button
          variant="default"
          leftSection={<IconPlus size={16} />}
          disabled={!fits}
          onClick={() => {
            wizard.type({ headers: [...headers, name] });
            setName('');
          }}
        >
          {t('connections:wizard.where.addHeader')}
        </Button>
      </Group>
    </Stack>
  );
}
