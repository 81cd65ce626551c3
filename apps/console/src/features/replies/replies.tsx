import { useTranslation } from 'react-i18next';
import { useWords } from '../../app/search.ts';
import { useCan } from '../../app/session.ts';
import { IconInbox, IconListDetails, IconPlus, IconTable, IconTicket } from '../../ui/icons.ts';
import { Button, Group, Tabs } from '../../ui/kit.ts';
import { Page } from '../../ui/page.tsx';
import { Batches } from './batches.tsx';
import { BeginBatch } from './begin-batch.tsx';
import { Codes } from './codes.tsx';
import { NewCodes } from './new-codes.tsx';
import type { RepliesSearch } from './search.ts';
import { TemplateForm } from './template-form.tsx';
import { Templates } from './templates.tsx';
import { Tray } from './tray.tsx';

const TABS = [
  { id: 'batches', icon: IconTable, content: () => <Batches /> },
  { id: 'tray', icon: IconInbox, content: () => <Tray /> },
  { id: 'codes', icon: IconTicket, content: () => <Codes /> },
  { id: 'templates', icon: IconListDetails, content: () => <Templates /> },
] as const;

/** Paper that comes back: the piles, what waits to be decided, the codes printed and the forms. */
export default function Replies() {
  const { t } = useTranslation();
  const can = useCan();
  const [words, change] = useWords<RepliesSearch>();
  const tab = words.tab ?? 'batches';
  const close = () => change({ begin: undefined, create: undefined, template: undefined }, { replace: true });
  const types = can(['customer.write', 'customer.read_personal', 'contact.write']);
  return (
    <Page
      title={t('channels:replies.title')}
      actions={
        can('contact.write') && (
          <Group gap="sm">
            {tab === 'codes' && (
              <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => change({ create: 'codes' })}>
                {t('channels:replies.newCodes')}
              </Button>
            )}
            {tab === 'templates' && types && can('source.write') && (
              <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => change({ create: 'template' })}>
                {t('channels:replies.newTemplate')}
              </Button>
            )}
            {types && (
              <Button variant="default" leftSection={<IconListDetails size={16} />} onClick={() => change({ begin: 'forms' })}>
                {t('channels:replies.passForms')}
              </Button>
            )}
            <Button leftSection={<IconTicket size={16} />} onClick={() => change({ begin: 'coupons' })}>
              {t('channels:replies.passCoupons')}
            </Button>
          </Group>
        )
      }
    >
      <Tabs value={tab} onChange={(next) => change({ tab: next as RepliesSearch['tab'] })} activateTabWithKeyboard={false}>
        <Tabs.List style={{ flexWrap: 'nowrap', overflowX: 'auto', overflowY: 'hidden' }}>
          {TABS.map(({ id, icon: Picture }) => (
            <Tabs.Tab key={id} value={id} leftSection={<Picture size={16} aria-hidden />} style={{ flex: 'none' }}>
              {t(`channels:replies.tab.${id}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map(({ id, content }) => (
          <Tabs.Panel key={id} value={id} pt="lg">
            {id === tab && content()}
          </Tabs.Panel>
        ))}
      </Tabs>
      {words.begin && <BeginBatch key={words.begin} kind={words.begin} template={words.template} onClose={close} />}
      {words.create === 'codes' && <NewCodes onClose={close} />}
      {words.create === 'template' && <TemplateForm onClose={close} />}
    </Page>
  );
}
