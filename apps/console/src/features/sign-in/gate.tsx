import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { changeLanguage, currentLanguage } from '../../app/language.ts';
import { Button, Stack, Text } from '../../ui/kit.ts';
import { useTitle } from '../../ui/page.tsx';
import classes from './gate.module.css';

interface GateProps {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}

/** What stands around the screens of who has not come in yet. */
export function Gate({ title, lead, children }: GateProps) {
  const { t } = useTranslation();
  useTitle(title);
  const box = useRef<HTMLDivElement>(null);
  // These screens are one form and nothing else, so the first field to fill in is where one starts.
  // The boxes of a code are put in place after the first drawing; hence the frame.
  useEffect(() => {
    const frame = requestAnimationFrame(() => box.current?.querySelector<HTMLInputElement>('form input:not([readonly])')?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <main className={classes.gate}>
      <div ref={box} className={classes.box}>
        <div className={classes.brand}>
          <img src="/favicon.svg" width={28} height={28} alt="" />
          {t('common:product')}
        </div>
        <Stack gap="lg">
          <div>
            <Text component="h1" size="lg" fw={600}>
              {title}
            </Text>
            {lead && (
              <Text size="sm" c="dimmed" mt={4} component="div">
                {lead}
              </Text>
            )}
          </div>
          {children}
        </Stack>
      </div>
      <div className={classes.foot}>
        {(['es', 'en'] as const).map((language) => (
          <Button
            key={language}
            lang={language}
            size="xs"
            variant="subtle"
            color="gray"
            aria-pressed={currentLanguage() === language}
            onClick={() => void changeLanguage(language)}
          >
            {language === 'es' ? 'Español' : 'English'}
          </Button>
        ))}
      </div>
    </main>
  );
}
