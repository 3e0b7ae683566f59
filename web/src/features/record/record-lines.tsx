import { useEffect, useRef, useState } from 'react';
import { api, call } from '../../api/client.ts';
import { colon, formatTime, useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, SelectField, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import type { RecordView } from './use-record.ts';
import './record.css';

type Line = RecordView['lines'][number];

/** The lines in the order of time; with `follow` the newest stays in view while one reads at the end. */
export function RecordLines({
  sessionId,
  record,
  follow = true,
}: {
  sessionId: string;
  record: RecordView;
  follow?: boolean;
}) {
  const t = useWords('record');
  const list = useRef<HTMLUListElement>(null);
  const atEnd = useRef(true);
  const [objecting, object] = useState<Line | null>(null);
  const [editing, edit] = useState<Line | null>(null);
  const count = record.lines.length;
  const writing = follow && record.status === 'WRITING';
  useEffect(() => {
    const box = list.current;
    // What is being checked is read from its beginning.
    if (box && atEnd.current && writing && count > 0) box.scrollTop = box.scrollHeight;
  }, [count, writing]);
  const me = record.people.find((p) => p.me);
  const mayObject =
    record.status === 'CONFIRMING' && me?.way === null && record.can.includes('object-to-record');
  if (record.withheld) return <p className="notice">{t('apart:withheld')}</p>;
  if (count === 0) return <p className="muted">{t('empty')}</p>;
  return (
    <>
      <ul
        className="record-lines"
        ref={list}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={t('lines')}
        onScroll={(event) => {
          const box = event.currentTarget;
          atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
        }}
      >
        {record.lines.map((line) => (
          <li key={line.id} data-line={line.kind}>
            <time dateTime={line.at}>{formatTime(line.at)}</time>
            <span className={line.kind === 'SAID' ? '' : 'entered'}>
              {line.speaker && (
                <strong>
                  {line.speaker}
                  {colon()}
                </strong>
              )}
              {line.text}
            </span>
            {record.objections
              .filter((o) => o.line === line.id)
              .map((o) => (
                <span key={o.at} className="objection">
                  {t('objectedBy', { name: o.name })}
                  {o.text}
                </span>
              ))}
            {(line.editable || mayObject) && (
              <span className="acts">
                {line.editable && (
                  <Button look="ghost" onClick={() => edit(line)}>
                    {t('edit')}
                  </Button>
                )}
                {mayObject && (
                  <Button look="ghost" onClick={() => object(line)}>
                    {t('object')}
                  </Button>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
      {editing && (
        <EditLine sessionId={sessionId} record={record} line={editing} onClose={() => edit(null)} />
      )}
      {objecting && <ObjectTo sessionId={sessionId} line={objecting} onClose={() => object(null)} />}
    </>
  );
}

function EditLine({
  sessionId,
  record,
  line,
  onClose,
}: {
  sessionId: string;
  record: RecordView;
  line: Line;
  onClose: () => void;
}) {
  const t = useWords('record');
  const [speaker, setSpeaker] = useState(line.speaker ?? '');
  const [text, setText] = useState(line.text);
  const param = { sessionId, lineId: line.id };
  const save = useVerb(
    () => call(api.sessions[':sessionId'].lines[':lineId'].$post({ param, json: { speaker, text } })),
    onClose,
  );
  const strike = useVerb(() => call(api.sessions[':sessionId'].lines[':lineId'].$delete({ param })), onClose);
  return (
    <Dialog title={t('edit')} onClose={onClose}>
      <Speaker record={record} value={speaker} onChange={setSpeaker} />
      <TextField label={t('text')} rows={4} maxLength={2000} value={text} onChange={setText} />
      <ErrorNotice error={save.error ?? strike.error} />
      <div className="row">
        <Button look="primary" disabled={!text.trim()} onClick={() => save.mutate()}>
          {t('saveLine')}
        </Button>
        <Button onClick={() => strike.mutate()}>{t('strike')}</Button>
        <Button look="ghost" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </Dialog>
  );
}

export function Speaker({
  record,
  value,
  onChange,
}: {
  record: RecordView;
  value: string;
  onChange: (value: string) => void;
}) {
  const t = useWords('record');
  return (
    <SelectField
      label={t('speaker')}
      value={value}
      onChange={onChange}
      options={[
        { value: '', label: t('note') },
        ...record.speakers.map((name) => ({ value: name, label: name })),
      ]}
    />
  );
}

function ObjectTo({ sessionId, line, onClose }: { sessionId: string; line: Line; onClose: () => void }) {
  const t = useWords('record');
  const [text, setText] = useState('');
  const send = useVerb(
    () =>
      call(
        api.sessions[':sessionId'].record.objections.$post({
          param: { sessionId },
          json: { line: line.id, text },
        }),
      ),
    onClose,
  );
  return (
    <Dialog title={t('objectTitle')} onClose={onClose}>
      <p className="agreement-text">
        {line.speaker && (
          <strong>
            {line.speaker}
            {colon()}
          </strong>
        )}
        {line.text}
      </p>
      <TextField label={t('objectText')} rows={3} maxLength={1000} value={text} onChange={setText} />
      <ErrorNotice error={send.error} />
      <Button look="primary" big wide disabled={!text.trim()} onClick={() => send.mutate()}>
        {t('objectSend')}
      </Button>
    </Dialog>
  );
}
