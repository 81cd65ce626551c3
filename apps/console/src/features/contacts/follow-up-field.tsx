import { useTranslation } from 'react-i18next';
import { useCompany } from '../../app/company.ts';
import { Button, Group, TextInput } from '../../ui/kit.ts';
import classes from './contacts.module.css';
import { localDay } from './local-time.ts';

interface FollowUpFieldProps {
  on: string;
  note: string;
  onChange: (on: string, note: string) => void;
}

const DAYS = [1, 2, 7, 30];

/** The day one promised to come back to it, and what for. */
export function FollowUpField({ on, note, onChange }: FollowUpFieldProps) {
  const { t } = useTranslation();
  const { timeZone } = useCompany();
  return (
    <div>
      <div className={classes.pair}>
        <TextInput
          type="date"
          label={t('channels:log.form.followUp')}
          value={on}
          min={localDay(0, timeZone)}
          onChange={(event) => onChange(event.currentTarget.value, note)}
        />
        {on !== '' && (
          <TextInput
            label={t('channels:log.form.followUpNote')}
            value={note}
            maxLength={300}
            onChange={(event) => onChange(on, event.currentTarget.value)}
          />
        )}
      </div>
      <Group gap="xs" mt={4}>
        {DAYS.map((days) => (
          <Button
            key={days}
            size="compact-sm"
            variant={on === localDay(days, timeZone) ? 'light' : 'subtle'}
            onClick={() => onChange(localDay(days, timeZone), note)}
          >
            {t('channels:log.form.inDays', { count: days })}
          </Button>
        ))}
        {on !== '' && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onChange('', '')}>
            {t('channels:log.form.remove')}
          </Button>
        )}
      </Group>
    </div>
  );
}
