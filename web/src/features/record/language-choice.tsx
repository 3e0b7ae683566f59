import { useWords } from '../../i18n/index.ts';
import { Choice } from '../../ui/index.tsx';

/** What a record is read out in: names as the record prints them. */
export const languages = ['普通话', '宁波话', '其他方言'];

export function LanguageChoice({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useWords('record');
  return (
    <fieldset className="plain col">
      <legend>{t('language')}</legend>
      <div className="row">
        {languages.map((one) => (
          <Choice
            key={one}
            type="radio"
            name="read-language"
            checked={value === one}
            onChange={() => onChange(one)}
          >
            {one}
          </Choice>
        ))}
      </div>
    </fieldset>
  );
}
