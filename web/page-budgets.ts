import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

type Budget = {
  /** The row's name in `npm run bench`, in kilobytes (1000 bytes) of gzip. */
  name: string;
  limit: number;
  /** The entry's script, whose words are counted too, and the page's own lazily loaded part. */
  entry: string;
  part?: string;
};

/** What a phone in a village loads before its first step, and what the room needs before it shows a picture. */
const budgets: Budget[] = [
  { name: 'web.party_page_kb', limit: 150, entry: 'src/party-main.tsx' },
  {
    name: 'web.room_page_kb',
    limit: 380,
    entry: 'src/main.tsx',
    part: 'src/roles/room/room-page.tsx',
  },
];
/** Loaded when somebody opens it: apart from every page, and small in itself. */
const draftEditor = { name: 'web.draft_editor_kb', limit: 90, part: 'src/features/draft/index.ts' };

export type PageSize = { name: string; kb: number; limit: number };

/** Fails the build when a page outgrows its budget; leaves the sizes in `dist/page-sizes.json` for the benchmark. */
export function pageBudgets(): Plugin {
  let root = '';
  return {
    name: 'page-budgets',
    apply: 'build',
    configResolved(config) {
      root = config.root;
    },
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [file] : []));
      const chunkOf = (module: string) => {
        const path = resolve(root, module);
        const found =
          chunks.find((c) => c.facadeModuleId === path) ?? chunks.find((c) => c.moduleIds.includes(path));
        if (!found) throw new Error(`page-budgets: no chunk holds ${module}`);
        return found;
      };
      const weigh = (files: Set<string>): number => {
        let bytes = 0;
        for (const name of files) {
          const file = bundle[name];
          if (file) bytes += gzipSync(file.type === 'chunk' ? file.code : file.source).length;
        }
        return bytes / 1000;
      };
      const loadedBy = (start: (typeof chunks)[number], files = new Set<string>()): Set<string> => {
        if (files.has(start.fileName)) return files;
        files.add(start.fileName);
        for (const css of start.viteMetadata?.importedCss ?? []) files.add(css);
        for (const name of start.imports) {
          const next = bundle[name];
          if (next?.type === 'chunk') loadedBy(next, files);
        }
        return files;
      };
      const htmlOf = (entry: string) =>
        chunks.find((c) => c.isEntry && c.moduleIds.includes(resolve(root, entry))) ?? chunkOf(entry);
      const sizes: PageSize[] = budgets.map(({ name, limit, entry, part }) => {
        const files = loadedBy(htmlOf(entry));
        if (part) loadedBy(chunkOf(part), files);
        for (const words of wordsOf(resolve(root, entry)))
          loadedBy(chunkOf(`src/i18n/locales/zh-CN/${words}.json`), files);
        return { name, limit, kb: weigh(files) };
      });
      const shared = loadedBy(htmlOf('src/main.tsx'));
      const own = [...loadedBy(chunkOf(draftEditor.part))].filter((file) => !shared.has(file));
      sizes.push({ name: draftEditor.name, limit: draftEditor.limit, kb: weigh(new Set(own)) });
      this.emitFile({
        type: 'asset',
        fileName: 'page-sizes.json',
        source: `${JSON.stringify(sizes, null, 2)}\n`,
      });
      const over = sizes.filter(({ kb, limit }) => kb > limit);
      if (over.length > 0)
        this.error(
          over.map((o) => `${o.name} is ${o.kb.toFixed(1)} kB gzipped, its budget is ${o.limit}`).join('; '),
        );
    },
  };
}

/** The namespaces that an entry loads before its first page. */
function wordsOf(entry: string): string[] {
  const list = /startEntry\(\s*\[([^\]]*)\]/.exec(readFileSync(entry, 'utf8'))?.[1] ?? '';
  return ['common', 'errors', 'status', ...[...list.matchAll(/'([\w-]+)'/g)].map(([, ns = '']) => ns)];
}
