import { useWords } from '../../i18n/index.ts';
import { Choice } from '../../ui/index.tsx';

export const questions = ['understood', 'free', 'unpressed'] as const;
export type Answers = Partial<Record<(typeof questions)[number], boolean>>;

/** Understood, free, not pressed: on the signer's own screen, or before the mediator who asks aloud. */
export function ThreeQuestions({
  answers,
  onChange,
}: {
  answers: Answers;
  onChange: (answers: Answers) => void;
}) {
  const t = useWords('ceremony');
  return questions.map((key) => (
    <fieldset key={key} className="card col">
      <legend>{t(`question.${key}`)}</legend>
      <div className="row">
        {[true, false].map((value) => (
          <div key={String(value)} className="grow">
            <Choice
              type="radio"
              name={key}
              checked={answers[key] === value}
              onChange={() => onChange({ ...answers, [key]: value })}
            >
              {t(value ? `yes.${key}` : `no.${key}`)}
            </Choice>
          </div>
        ))}
      </div>
    </fieldset>
  ));
}

export const answered = (answers: Answers): boolean => questions.every((key) => answers[key] !== undefined);
export const valuesOf = (answers: Answers) => ({
  understood: answers.understood === true,
  free: answers.free === true,
  unpressed: answers.unpressed === true,
});
