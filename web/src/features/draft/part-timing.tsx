import { useRef } from 'react';
import { upload } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Choice, ErrorNotice, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';

export type Part = { id: string; due: string | null; received: boolean; receiptId?: string | null };
type Timing = Partial<Pick<Part, 'due' | 'received' | 'receiptId'>>;

/** When an instalment is due, or that it is paid before everybody's eyes, with a photograph of it. */
export function PartTiming({
  part,
  edit,
  caseId,
  onChange,
  onRemove,
}: {
  part: Part;
  edit: boolean;
  caseId: string | undefined;
  onChange: (timing: Timing) => void;
  onRemove: () => void;
}) {
  const t = useWords('draft');
  return (
    <>
      <div className="grow">
        <TextField
          label={t('due')}
          type="date"
          value={part.due ?? ''}
          disabled={!edit || part.received}
          onChange={(due) => onChange({ due: due || null })}
          hint={part.due ? '' : t('onSigning')}
        />
      </div>
      <Choice
        type="checkbox"
        checked={part.received}
        onChange={(received) =>
          edit && onChange({ received, ...(received ? { due: null } : { receiptId: null }) })
        }
      >
        {t('received')}
      </Choice>
      {part.received && caseId && (
        <Receipt
          caseId={caseId}
          receiptId={part.receiptId ?? null}
          edit={edit}
          onChange={(receiptId) => onChange({ receiptId })}
        />
      )}
      {edit && (
        <Button look="ghost" onClick={onRemove}>
          {t('removePart')}
        </Button>
      )}
    </>
  );
}

function Receipt({
  caseId,
  receiptId,
  edit,
  onChange,
}: {
  caseId: string;
  receiptId: string | null;
  edit: boolean;
  onChange: (receiptId: string | null) => void;
}) {
  const t = useWords('draft');
  const c = useWords('common');
  const input = useRef<HTMLInputElement>(null);
  const take = useVerb(async (file: File) => {
    const form = new FormData();
    form.set('file', file);
    form.set('kind', 'RECEIPT');
    const { id } = await upload<{ id: string }>(`/api/cases/${caseId}/attachments`, form);
    onChange(id);
  });
  return (
    <div className="row">
      {receiptId && (
        <a href={`/api/cases/${caseId}/attachments/${receiptId}/picture`} target="_blank" rel="noreferrer">
          {t('receipt.show')}
        </a>
      )}
      {edit && (
        <Button busy={take.isPending && c('sending')} onClick={() => input.current?.click()}>
          {t(receiptId ? 'receipt.again' : 'receipt.take')}
        </Button>
      )}
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t('receipt.take')}
        onChange={(e) => {
          const file = e.target.files?.[0];
          e.target.value = '';
          if (file) take.mutate(file);
        }}
      />
      <ErrorNotice error={take.error} />
    </div>
  );
}
