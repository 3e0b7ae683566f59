import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ExhibitView, MoveInput } from '@tongxi/server/contract/exhibit.ts';
import { askingAs } from '../../api/acting.ts';
import { api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { listMark, useWords } from '../../i18n/index.ts';
import { Button, Card } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import './exhibits.css';

/** The paper that is shown to this seat, large, page and pointer in step with whoever shows it. */
export function ExhibitStage({ sessionId }: { sessionId: string }) {
  const t = useWords('exhibits');
  useLive([`session:${sessionId}`], ['exhibit']);
  const queryKey = ['exhibit', sessionId];
  const query = useQuery({
    queryKey,
    queryFn: () => call(api.sessions[':sessionId'].exhibit.$get({ param: { sessionId } })),
    retry: false,
  });
  const shown = query.data?.shown;
  const param = { sessionId, exhibitId: shown?.id ?? '' };
  const queries = useQueryClient();
  // Shown here at once and sent one after another: a point right after a page is turned is on the page that is seen.
  const move = useMutation({
    scope: { id: 'move-exhibit' },
    mutationKey: ['move-exhibit'],
    onMutate: async (to: MoveInput) => {
      await queries.cancelQueries({ queryKey });
      queries.setQueryData<ExhibitView>(queryKey, (old) =>
        old?.shown ? { shown: { ...old.shown, ...to } } : old,
      );
    },
    mutationFn: (to: MoveInput) =>
      call(api.sessions[':sessionId'].exhibits[':exhibitId'].move.$post({ param, json: to })),
    onSettled: async () => {
      if (queries.isMutating({ mutationKey: ['move-exhibit'] }) === 1)
        await queries.invalidateQueries({ queryKey });
    },
  });
  const hide = useVerb(() => call(api.sessions[':sessionId'].exhibits[':exhibitId'].$delete({ param })));
  if (!shown) return null;
  const picture = (
    <>
      <img
        alt={`${shown.name} ${t('page', { n: shown.page, count: shown.pages })}`}
        src={`/api/sessions/${sessionId}/exhibits/${shown.id}/pages/${shown.page}?as=${askingAs()}`}
      />
      {shown.pointer && (
        <span
          className="here"
          role="img"
          aria-label={t('pointer')}
          style={{ left: `${shown.pointer.x * 100}%`, top: `${shown.pointer.y * 100}%` }}
        />
      )}
    </>
  );
  const turn = (by: number) => move.mutate({ page: shown.page + by, pointer: null });
  return (
    <Card className="col" label={t('title')}>
      <div className="row" data-exhibit={shown.page}>
        <strong className="grow">{t('shownBy', { name: shown.by, paper: shown.name })}</strong>
        <span>{t('page', { n: shown.page, count: shown.pages })}</span>
        {shown.mine && (
          <>
            <Button disabled={shown.page <= 1} onClick={() => turn(-1)}>
              {t('prev')}
            </Button>
            <Button disabled={shown.page >= shown.pages} onClick={() => turn(1)}>
              {t('next')}
            </Button>
            <Button onClick={() => hide.mutate()}>{t('hide')}</Button>
          </>
        )}
      </div>
      {shown.mine ? (
        <button
          type="button"
          className="exhibit"
          title={t('pointerHint')}
          onClick={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            const share = (value: number) => Math.min(1, Math.max(0, value));
            move.mutate({
              page: shown.page,
              pointer: {
                x: share((event.clientX - box.left) / box.width),
                y: share((event.clientY - box.top) / box.height),
              },
            });
          }}
        >
          {picture}
        </button>
      ) : (
        <div className="exhibit">{picture}</div>
      )}
      {shown.mine && (
        <p className="muted small" role="status">
          {shown.seenBy.length > 0 ? t('seenBy', { names: shown.seenBy.join(listMark()) }) : t('nobodyYet')} ·{' '}
          {t('pointerHint')}
        </p>
      )}
    </Card>
  );
}
