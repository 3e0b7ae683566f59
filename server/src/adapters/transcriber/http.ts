import type { Transcriber } from '../../ports/transcriber.ts';

const ANSWER_MS = 15_000;
const MOST_ANSWER_BYTES = 64 * 1024;
/** As much as one line of the record holds (contract/record.ts). */
const MOST_CHARACTERS = 2000;

/**
 * A recogniser of the court's own, or a cloud's behind a small gateway: docs/transcription.md is the contract. Nothing
 * but sound and language leaves: no name, no case, no session.
 */
export function httpTranscriber(config: { url: string; token: string | null }): Transcriber {
  return {
    async transcribe({ wav, language }) {
      const url = new URL(config.url);
      url.searchParams.set('language', language);
      const answer = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(ANSWER_MS),
        headers: {
          'content-type': 'audio/wav',
          accept: 'application/json',
          ...(config.token ? { authorization: `Bearer ${config.token}` } : {}),
        },
        body: wav,
      });
      if (!answer.ok) {
        await answer.body?.cancel();
        throw new Error(`recogniser answered ${answer.status}`);
      }
      return textOf(await bodyOf(answer));
    },
  };
}

async function bodyOf(answer: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of answer.body ?? []) {
    size += piece.length;
    if (size > MOST_ANSWER_BYTES) throw new Error('recogniser answered too much');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** One line of ordinary characters; a parser's message would quote what was said, so it is not passed on. */
function textOf(body: string): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new Error('recogniser answered no JSON');
  }
  const text = typeof parsed === 'object' && parsed !== null && 'text' in parsed ? parsed.text : null;
  if (typeof text !== 'string') throw new Error('recogniser answered no text');
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, MOST_CHARACTERS)
    .toWellFormed();
}
