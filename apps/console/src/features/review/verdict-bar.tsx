import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Icon, IconArrowRight, IconArrowsSplit, IconGitMerge, IconHelp, IconRefresh } from '../../ui/icons.ts';
import { keepClear } from '../../ui/keep-clear.ts';
import { Kbd, Text } from '../../ui/kit.ts';
import { usePhone } from '../../ui/screen-size.ts';
import classes from './review.module.css';
import type { Verdict } from './schemas.ts';
import type { Queue } from './use-queue.ts';

const ICONS: Record<Verdict | 'undo' | 'next', Icon> = {
  same: IconGitMerge,
  different: IconArrowsSplit,
  unsure: IconHelp,
  undo: IconRefresh,
  next: IconArrowRight,
};

interface VerdictBarProps {
  queue: Queue;
  /** Whether the answer settles a disagreement. */
  settles: boolean;
  disabled: boolean;
  onVerdict: (verdict: Verdict) => void;
  children?: ReactNode;
}

/** The answers, where a thumb or a finger finds them, and what was said last. */
export function VerdictBar({ queue, settles, disabled, onVerdict, children }: VerdictBarProps) {
  const { t } = useTranslation();
  const { said } = queue;
  return (
    <div ref={keepClear} className={classes.bar}>
      <div className={classes.lastSaid}>
        <Text size="sm" role="status" className={classes.status!}>
          {said &&
            t(
              said.outcome === 'undone'
                ? 'review:undone'
                : said.outcome === 'settled'
                  ? 'review:settle.done'
                  : `review:done.${said.outcome}`,
            )}
        </Text>
        {children}
      </div>
      <div className={classes.answers}>
        <Answer
          of="same"
          label={t(settles ? 'review:settle.same' : 'review:action.same')}
          look={classes.same}
          disabled={disabled}
          onClick={() => onVerdict('same')}
        />
        <Answer
          of="different"
          label={t(settles ? 'review:settle.different' : 'review:action.different')}
          look={classes.different}
          disabled={disabled}
          onClick={() => onVerdict('different')}
        />
        {!settles && <Answer of="unsure" label={t('review:action.unsure')} disabled={disabled} onClick={() => onVerdict('unsure')} />}
        <Answer of="next" label={t('review:action.next')} quiet disabled={disabled} onClick={queue.skip} />
        <Answer of="undo" label={t('review:action.undo')} quiet disabled={false} onClick={queue.undo} />
      </div>
    </div>
  );
}

interface AnswerProps {
  of: keyof typeof ICONS;
  label: string;
  look?: string | undefined;
  quiet?: boolean;
  disabled: boolean;
  onClick: () => void;
}

function Answer({ of, label, look = '', quiet, disabled, onClick }: AnswerProps) {
  const { t } = useTranslation();
  const phone = usePhone();
  const Picture = ICONS[of];
  return (
    <button type="button" className={`${classes.answer} ${look} ${quiet ? classes.lesser : ''}`} disabled={disabled} onClick={onClick}>
      <Picture size={18} aria-hidden />
      <span>{label}</span>
      {!phone && (
        <Kbd size="xs" aria-hidden>
          {t(`review:keys.${of}`)}
        </Kbd>
      )}
    </button>
  );
}
