import type { SelfTestView } from '@tongxi/server/contract/self-test.ts';
import { aside, formatMoment, listMark, useLanguage, useWords } from '../../i18n/index.ts';
import { Tag } from '../../ui/index.tsx';

/** How somebody's own device did before the day, with the reasons; of whom, where it does not stand beside the name. */
export function SelfTestTag({ name, test }: { name?: string; test: SelfTestView | null }) {
  const t = useWords('devices');
  const language = useLanguage();
  const verdict = t(`card.${test?.verdict ?? 'none'}`);
  const faults = test?.faults.map((fault) => t(`short.${fault}`)).join(listMark()) ?? '';
  const why = test
    ? t('card.why', { at: formatMoment(test.at, language), browser: t(`browser.${test.browser}`), faults })
    : '';
  return (
    <span title={why} data-self-test={test?.verdict ?? 'none'}>
      <Tag kind={test?.verdict === 'good' ? 'ok' : test ? 'warn' : 'info'}>
        {name ? t('card.of', { name, verdict }) : verdict}
        {faults && aside(faults)}
      </Tag>
    </span>
  );
}
