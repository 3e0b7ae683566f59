import type { Piece } from '@tongxi/server/contract/compare.ts';
import { useWords } from '../../i18n/index.ts';

/** A text with what came and went, marked by line and word as well as by colour, each with its author. */
export function Pieces({ pieces }: { pieces: Piece[] }) {
  const t = useWords('draft');
  const authorOf = ({ author, kind }: Piece) =>
    author
      ? t(kind === 'added' ? 'compare.addedBy' : 'compare.removedBy', {
          name: author.name,
          source: t(`source.${author.source}`),
        })
      : t(kind === 'added' ? 'compare.added' : 'compare.removed');
  return (
    <p className="draft-pieces">
      {pieces.map((piece, i) => {
        const key = `${i}${piece.kind}`;
        if (piece.kind === 'same') return <span key={key}>{piece.text}</span>;
        const Mark = piece.kind === 'added' ? 'ins' : 'del';
        return (
          <Mark key={key} title={authorOf(piece)}>
            {piece.text}
            <small className="draft-author">{authorOf(piece)}</small>
          </Mark>
        );
      })}
    </p>
  );
}
