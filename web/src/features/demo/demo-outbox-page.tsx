import { useQuery } from '@tanstack/react-query';
import { api, call } from '../../api/client.ts';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Frame } from '../../shell/frame.tsx';
import { Button, Card, Empty, ErrorNotice, Tag, Waiting } from '../../ui/index.tsx';

/** Text messages that the demo would have sent. Only on the demo's own machine. */
export function DemoOutboxPage() {
  const t = useWords('demo');
  const c = useWords('common');
  const language = useLanguage();
  const outbox = useQuery({
    queryKey: ['demo-sms'],
    queryFn: () => call(api.demo.sms.$get()),
    refetchInterval: 3000,
    staleTime: 0,
  });
  return (
    <Frame title={t('title')} narrow>
      <div className="col">
        <div className="row">
          <h1 className="grow">{t('title')}</h1>
          <Button onClick={() => void outbox.refetch()}>{c('refresh')}</Button>
        </div>
        <p className="muted">{t('hint')}</p>
        <ErrorNotice error={outbox.error} />
        {outbox.isPending && <Waiting>{c('loading')}</Waiting>}
        {outbox.data?.length === 0 && (
          <Card>
            <Empty title={t('empty')} />
          </Card>
        )}
        {outbox.data?.map((message) => (
          <Card key={message.id} className="col">
            <div className="row">
              <strong className="grow">{message.to}</strong>
              <Tag kind={message.sent ? 'ok' : 'warn'}>{t(message.sent ? 'sent' : 'queued')}</Tag>
              <span className="muted small">{formatMoment(message.at, language)}</span>
            </div>
            <p data-template={message.template}>{t(`template.${message.template}`, message.values)}</p>
            {message.values.code && <p className="time">{message.values.code}</p>}
            {message.values.link && (
              <p>
                <a href={message.values.link}>{message.values.link}</a>
              </p>
            )}
          </Card>
        ))}
      </div>
    </Frame>
  );
}
