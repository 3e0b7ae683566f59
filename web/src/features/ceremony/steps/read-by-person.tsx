import { useState } from 'react';
import { useWords } from '../../../i18n/index.ts';
import { Button, Dialog, SelectField, TextField } from '../../../ui/index.tsx';

export type Reader = { reader: string; language: string };
export const languages = ['普通话', '宁波话', '温州话', '吴语（其他）', '手语'] as const;

/** Somebody read the whole text aloud: who, and in which language, goes into the evidence. */
export function ReadByPerson({ onClose, onRead }: { onClose: () => void; onRead: (reader: Reader) => void }) {
  const t = useWords('ceremony');
  const [reader, setReader] = useState('');
  const [language, setLanguage] = useState<string>(languages[0]);
  return (
    <Dialog title={t('readByPerson')} onClose={onClose}>
      <p>{t('readByPersonHint')}</p>
      <TextField label={t('reader')} value={reader} onChange={setReader} maxLength={60} />
      <SelectField
        label={t('language')}
        value={language}
        onChange={setLanguage}
        options={languages.map((value) => ({ value, label: t(`language.${value}`) }))}
      />
      <Button
        look="primary"
        big
        wide
        disabled={!reader.trim()}
        onClick={() => {
          onRead({ reader: reader.trim(), language });
          onClose();
        }}
      >
        {t('readByPersonDone')}
      </Button>
    </Dialog>
  );
}
