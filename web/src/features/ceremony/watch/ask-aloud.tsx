import { AloneWay } from '@tongxi/server/contract/ceremony-steps.ts';
import { useState } from 'react';
import { call } from '../../../api/client.ts';
import { useWords } from '../../../i18n/index.ts';
import { Button, Choice, Dialog, ErrorNotice, SelectField } from '../../../ui/index.tsx';
import { useVerb } from '../../case/use-verb.ts';
import { at, type Place } from '../steps/place.ts';
import { languages } from '../steps/read-by-person.tsx';
import { type Answers, answered, ThreeQuestions, valuesOf } from '../three-questions.tsx';

type Props = { place: Place; name: string; onClose: () => void };

/** The mediator asks the three questions aloud, with nobody else by, and notes the answers. */
export function AskAloud({ place, name, onClose }: Props) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const [answers, setAnswers] = useState<Answers>({});
  const [away, setAway] = useState(false);
  const [way, setWay] = useState<AloneWay>('VIDEO');
  const [language, setLanguage] = useState<string>(languages[0]);
  const save = useVerb(
    () =>
      call(
        at['questions-aloud'].$post({
          param: place,
          json: { ...valuesOf(answers), othersAway: true, way, language },
        }),
      ),
    onClose,
  );
  return (
    <Dialog title={t('askTitle', { name })} onClose={onClose}>
      <p>{t('askHint', { name })}</p>
      <WayAndLanguage way={way} onWay={setWay} language={language} onLanguage={setLanguage} />
      <Choice type="checkbox" checked={away} onChange={setAway}>
        {t('othersAway', { name })}
      </Choice>
      <ThreeQuestions answers={answers} onChange={setAnswers} />
      <ErrorNotice error={save.error} />
      <Button
        look="primary"
        big
        wide
        disabled={!away || !answered(answers)}
        busy={save.isPending && c('sending')}
        onClick={() => save.mutate()}
      >
        {t('askSave')}
      </Button>
    </Dialog>
  );
}

function WayAndLanguage({
  way,
  onWay,
  language,
  onLanguage,
}: {
  way: AloneWay;
  onWay: (way: AloneWay) => void;
  language: string;
  onLanguage: (language: string) => void;
}) {
  const t = useWords('ceremony');
  return (
    <>
      <WaySelect way={way} onWay={onWay} />
      <SelectField
        label={t('language')}
        value={language}
        onChange={onLanguage}
        options={languages.map((value) => ({ value, label: t(`language.${value}`) }))}
      />
    </>
  );
}

/** In person, over the picture, or by telephone when that is dead. */
export function WaySelect({ way, onWay }: { way: AloneWay; onWay: (way: AloneWay) => void }) {
  const t = useWords('ceremony');
  return (
    <SelectField
      label={t('way')}
      value={way}
      onChange={(value) => onWay(AloneWay.parse(value))}
      options={AloneWay.options.map((value) => ({ value, label: t(`way.${value}`) }))}
    />
  );
}
