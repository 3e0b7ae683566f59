import { useState } from 'react';
import { useLocation } from 'wouter';
import { api, call } from '../../api/client.ts';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';
import { localNow } from '../case/local-now.ts';
import { useVerb } from '../case/use-verb.ts';
import { ToRoom } from '../room/to-room.tsx';
import type { Confirmation } from './use-confirmation.ts';

/** The court's own session with both parties: planned by the judge, entered by judge and station. */
export function Inquiry({ caseId, state, may }: { caseId: string; state: Confirmation; may: boolean }) {
  const t = useWords('confirmation');
  const language = useLanguage();
  const [path] = useLocation();
  const [planning, plan] = useState(false);
  const { confirmation } = state;
  const inquiry = confirmation?.inquiry ?? null;
  const open = inquiry !== null && inquiry.status !== 'ENDED';
  const at = inquiry ? formatMoment(inquiry.plannedStart, language) : '';
  const inside = path === `/sessions/${inquiry?.id}`;
  const plannable = may && confirmation?.status === 'ACCEPTED' && (!open || inquiry.status === 'SCHEDULED');
  if (!inquiry && !plannable) return null;
  return (
    <div className="col">
      {inquiry && <p className="notice">{t(open ? 'inquiryAt' : 'inquiryOver', { at })}</p>}
      <div className="row">
        {open && !inside && (
          <ToRoom sessionId={inquiry.id} next>
            {t('toInquiry')}
          </ToRoom>
        )}
        {plannable && !inside && (
          <Button onClick={() => plan(true)}>{t(open ? 'planAgain' : 'planInquiry')}</Button>
        )}
      </div>
      {planning && <PlanInquiry caseId={caseId} onClose={() => plan(false)} />}
    </div>
  );
}

function PlanInquiry({ caseId, onClose }: { caseId: string; onClose: () => void }) {
  const t = useWords('confirmation');
  const c = useWords('common');
  const [at, setAt] = useState(localNow(24 * 60));
  const [minutes, setMinutes] = useState('30');
  const send = useVerb(
    () =>
      call(
        api.cases[':caseId'].confirmation.inquiry.$post({
          param: { caseId },
          json: { plannedStart: new Date(`${at}:00+08:00`).toISOString(), minutes: Number(minutes) },
        }),
      ),
    onClose,
  );
  const valid = at !== '' && /^\d{2,3}$/.test(minutes);
  return (
    <Dialog title={t('planInquiry')} onClose={onClose}>
      <p>{t('planInquiryHint')}</p>
      <TextField label={t('inquiryWhen')} type="datetime-local" value={at} onChange={setAt} />
      <TextField label={t('inquiryMinutes')} inputMode="numeric" value={minutes} onChange={setMinutes} />
      <ErrorNotice error={send.error} />
      <Button
        look="primary"
        big
        disabled={!valid}
        busy={send.isPending && c('sending')}
        onClick={() => send.mutate()}
      >
        {t('planNow')}
      </Button>
    </Dialog>
  );
}
