import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Group, Modal, Select, Stack, TextInput } from '../../ui/kit.ts';
import { BY_VIA, type Kind, KINDS } from './term-words.ts';

interface AddCostDialogProps {
  opened: boolean;
  onClose: () => void;
  onAdd: (kind: Kind, via: string | null) => void;
}

/** Something that has not happened yet, or the price of all the channels without their own. */
export function AddCostDialog({ opened, onClose, onAdd }: AddCostDialogProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>('contact_in');
  const [via, setVia] = useState('');
  const byVia = BY_VIA.includes(kind);
  return (
    <Modal opened={opened} onClose={onClose} title={t('profit:costs.add')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onAdd(kind, byVia && via.trim() !== '' ? via.trim().slice(0, 200) : null);
          setVia('');
          onClose();
        }}
      >
        <Stack>
          <Select
            label={t('profit:costs.addKind')}
            allowDeselect={false}
            value={kind}
            onChange={(next) => setKind(next as Kind)}
            data={KINDS.map((value) => ({ value, label: t(`profit:kind.${value}`) }))}
            description={t(`profit:help.${kind}`)}
          />
          {byVia && (
            <TextInput
              label={t('profit:costs.addVia')}
              description={t('profit:costs.addViaHelp')}
              value={via}
              onChange={({ currentTarget }) => setVia(currentTarget.value)}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit">{t('profit:costs.addDone')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
