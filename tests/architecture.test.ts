import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Node } from 'oxc-parser';
import { describe, expect, it, test } from 'vitest';
import { actWords } from '../server/src/contract/act-words.ts';
import * as enums from '../server/src/contract/enums.ts';
import { errorStatus } from '../server/src/contract/errors.ts';
import { NextStep } from '../server/src/contract/next-step.ts';
import { eachNode, root, sourceFiles } from './setup/source-files.ts';

const server = sourceFiles('server/src');
const web = sourceFiles('web/src');
const within = (folder: string) => server.filter((file) => file.path.startsWith(`server/src/${folder}/`));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const isServer = (to: string) => to.startsWith('server/src/');

describe('import direction', () => {
  /** What each layer may import of the server, by folder (or file) under server/src; and of packages. */
  const layers: Record<string, { own: string[]; packages: RegExp }> = {
    domain: { own: ['domain', 'contract'], packages: /^$/ },
    contract: { own: ['contract'], packages: /^(zod|yjs|canonicalize)$/ },
    ports: { own: ['ports', 'contract', 'domain', 'generated'], packages: /^$/ },
    services: {
      own: ['services', 'domain', 'contract', 'ports', 'generated'],
      packages: /^(?!hono|@hono)/,
    },
    jobs: { own: ['jobs', 'services', 'domain', 'contract', 'ports'], packages: /^(?!hono|@hono)/ },
    routes: {
      own: ['services', 'http', 'contract', 'domain', 'config.ts'],
      packages: /^(?!pg$|@prisma|livekit-server-sdk)/,
    },
    adapters: {
      own: ['adapters', 'ports', 'contract', 'domain', 'generated', 'config.ts'],
      packages: /^(?!hono|@hono)/,
    },
  };

  it.each(Object.entries(layers))('%s', (layer, { own, packages }) => {
    const files = within(layer);
    expect(files.length).toBeGreaterThan(0);
    const wrong = files.flatMap(({ path, imports }) =>
      imports
        .filter(({ to }) => {
          if (to.includes('/generated/')) return !own.includes('generated');
          if (isServer(to))
            return !own.some((part) => to === `server/src/${part}` || to.startsWith(`server/src/${part}/`));
          if (/^(web|tests|prisma)\//.test(to)) return true;
          return !packages.test(to);
        })
        .map(({ to }) => `${path} → ${to}`),
    );
    expect(wrong).toEqual([]);
  });

  test('only the starting commands know concrete adapters', () => {
    const knows = server.filter(
      ({ path, imports }) =>
        !path.startsWith('server/src/adapters/') &&
        imports.some(({ to }) => to.startsWith('server/src/adapters/')),
    );
    expect(knows.map(({ path }) => path)).toEqual([
      'server/src/audit-cli.ts',
      'server/src/authority-cli.ts',
      'server/src/operator-database.ts',
      'server/src/start.ts',
      'server/src/verify-cli.ts',
    ]);
  });

  test('the web knows the server by its contract, and by the type of its API', () => {
    const wrong = web.flatMap(({ path, imports }) =>
      imports
        .filter(({ to, typeOnly }) => {
          if (to.startsWith('@tongxi/server/contract/')) return false;
          if (to === '@tongxi/server/app') return !typeOnly;
          return to.startsWith('@tongxi/') || /^(server|tests|prisma)\//.test(to) || to.startsWith('node:');
        })
        .map(({ to }) => `${path} → ${to}`),
    );
    expect(wrong).toEqual([]);
    expect(web.some(({ imports }) => imports.some(({ to }) => to === '@tongxi/server/app'))).toBe(true);
  });
});

test('the environment is read in few places', () => {
  const readers = server.filter(({ program }) => {
    let found = false;
    eachNode(program, (node) => {
      if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier') return;
      if (
        node.object.name === 'process' &&
        node.property.type === 'Identifier' &&
        node.property.name === 'env'
      )
        found = true;
    });
    return found;
  });
  expect(readers.map(({ path }) => path)).toEqual([
    // Commands hand it to config.ts as a whole.
    'server/src/authority-cli.ts',
    // Where programs lie (PATH, caches), and what their processes may inherit.
    'server/src/embedded/obtain-livekit.ts',
    'server/src/embedded/postgres-user.ts',
    'server/src/embedded/processes.ts',
    'server/src/main.ts',
    'server/src/operator-database.ts',
  ]);
});

test('a status is written by its transition alone', () => {
  const writers: Record<string, RegExp> = {
    case: /^server\/src\/services\/case\/transition-case\.ts$/,
    session: /^server\/src\/services\/session\/transition-session\.ts$/,
    agreement: /^server\/src\/services\/agreement\/transition-agreement\.ts$/,
    recording: /^server\/src\/services\/recording\/transition-recording\.ts$/,
    confirmation: /^server\/src\/services\/confirmation\/transition-confirmation\.ts$/,
  };
  const found = server.flatMap(({ path, program, text }) => {
    const models = statusWrites(program).filter((model) => !writers[model]?.test(path));
    if (/UPDATE\s+"(Case|Session|Agreement|Recording|Confirmation)"/i.test(text)) models.push('raw SQL');
    return models.map((model) => `${path}: ${model}`);
  });
  expect(found).toEqual([]);
  for (const [model, place] of Object.entries(writers)) {
    const own = server.find(({ path }) => place.test(path));
    expect(own && statusWrites(own.program)).toContain(model);
  }
});

/** Models among case, session, agreement, recording, confirmation whose `status` some update in this file sets. */
function statusWrites(program: Node): string[] {
  const found: string[] = [];
  eachNode(program, (node) => {
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return;
    const { object, property } = node.callee;
    if (
      property.type !== 'Identifier' ||
      !/^(update|updateMany|updateManyAndReturn|upsert)$/.test(property.name)
    )
      return;
    if (object.type !== 'MemberExpression' || object.property.type !== 'Identifier') return;
    const model = object.property.name;
    if (!['case', 'session', 'agreement', 'recording', 'confirmation'].includes(model)) return;
    const data = [...valuesOf(node.arguments[0], 'data'), ...valuesOf(node.arguments[0], 'update')];
    if (data.some((value) => value.type !== 'ObjectExpression' || valuesOf(value, 'status').length > 0))
      found.push(model);
  });
  return found;
}

/** Values of a property of an object literal. */
function valuesOf(object: Node | undefined, key: string): Node[] {
  if (object?.type !== 'ObjectExpression') return [];
  return object.properties.flatMap((property) =>
    property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === key
      ? [property.value]
      : [],
  );
}

describe('database', () => {
  const schema = readdirSync(join(root, 'prisma/schema'))
    .map((name) => read(`prisma/schema/${name}`))
    .join('\n');
  const migrations = readdirSync(join(root, 'prisma/migrations'))
    .sort()
    .filter((name) => existsSync(join(root, 'prisma/migrations', name, 'migration.sql')))
    .map((name) => read(`prisma/migrations/${name}/migration.sql`))
    .join('\n');

  test('closed lists are the same in database and contract', () => {
    const inSchema = [...schema.matchAll(/^enum (\w+) \{([^}]*)\}/gm)].map(([, name = '', body = '']) => {
      const values = body.split('\n').map((line) => line.replace(/\/\/.*/, '').trim());
      return { name, values: values.filter((value) => value && !value.startsWith('@@')) };
    });
    const contract = new Map<string, { options: string[] }>(Object.entries(enums));
    const shared = inSchema.filter(({ name }) => contract.has(name));
    for (const { name, values } of shared)
      expect([name, contract.get(name)?.options]).toEqual([name, values]);
    const databaseOnly = inSchema.map(({ name }) => name).filter((name) => !contract.has(name));
    expect(databaseOnly.sort()).toEqual([
      'CodePurpose',
      'PartySessionKind',
      'PlaceKind',
      'RescheduleKind',
      'SignInMethod',
    ]);
    expect(shared.length).toBeGreaterThanOrEqual(20);
  });

  test('every row belongs to a court, and its table is protected by the last policy loop', () => {
    const models = [...schema.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)];
    expect(models.length).toBeGreaterThan(50);
    const without = models
      .filter(([, , body = '']) => !/^\s+courtId\s+String/m.test(body))
      .map(([, name]) => name);
    expect(without.sort()).toEqual(['Court', 'SystemFlag']);

    const made = [...migrations.matchAll(/CREATE TABLE "(\w+)" \(([\s\S]*?)\n\);/g)];
    const loop = migrations.lastIndexOf('SELECT protect_court_rows();');
    const late = made
      .filter(({ index, 2: body = '' }) => body.includes('"courtId"') && index > loop)
      .map(([, name]) => name);
    expect([loop > 0, late]).toEqual([true, []]);
    const tables = made.filter(([, , body = '']) => body.includes('"courtId"')).map(([, name]) => name);
    expect(tables.sort()).toEqual(
      models
        .map(([, name]) => name)
        .filter((name) => !without.includes(name))
        .sort(),
    );
    expect(migrations).not.toMatch(/DISABLE ROW LEVEL SECURITY|BYPASSRLS|TO PUBLIC/i);
  });
});

describe.runIf(existsSync(join(root, 'web/src/i18n/locales')))('both languages', () => {
  const languages = ['zh-CN', 'en'] as const;
  const folder = (language: string) => `web/src/i18n/locales/${language}`;
  const namespaces = readdirSync(join(root, folder('zh-CN'))).sort();
  const words = (language: string, ns: string) =>
    JSON.parse(read(`${folder(language)}/${ns}.json`)) as Record<string, string>;

  test('have the same namespaces', () => {
    expect(readdirSync(join(root, 'web/src/i18n/locales')).sort()).toEqual([...languages].sort());
    expect(readdirSync(join(root, folder('en'))).sort()).toEqual(namespaces);
  });

  test('no act has empty words, and none has words that the log never holds', () => {
    const code = server.filter(({ path }) => !path.endsWith('act-words.ts')).map(({ text }) => text);
    const left = Object.entries(actWords).filter(
      ([act, words]) =>
        words.some((each) => each.trim() === '') || !code.some((text) => text.includes(`'${act}'`)),
    );
    expect(left.map(([act]) => act)).toEqual([]);
  });

  it.each(namespaces.map((name) => name.replace('.json', '')))('%s is complete', (ns) => {
    // English tells one from many, Chinese does not.
    const plain = (key: string) => key.replace(/_(one|other)$/, '');
    const [zh, en] = [words('zh-CN', ns), words('en', ns)];
    expect([...new Set(Object.keys(en).map(plain))].sort()).toEqual(
      [...new Set(Object.keys(zh).map(plain))].sort(),
    );
    for (const [key, value] of [...Object.entries(zh), ...Object.entries(en)])
      expect([key, typeof value, String(value).trim() === '']).toEqual([key, 'string', false]);
    const slots = (value = '') => [...value.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
    for (const key of Object.keys(zh).filter((key) => en[key] !== undefined))
      expect([key, slots(en[key])]).toEqual([key, slots(zh[key])]);
  });

  test('every error code has its sentence, and no sentence is left over', () => {
    for (const language of languages) {
      const codes = Object.keys(words(language, 'errors')).filter((key) => /^[A-Z_]+$/.test(key));
      // OFFLINE is the browser's own: no answer came at all.
      expect(codes.sort()).toEqual([...Object.keys(errorStatus), 'OFFLINE'].sort());
    }
  });

  test('every state, step and act has its word', () => {
    const needed: Record<string, Record<string, readonly string[]>> = {
      status: {
        case: enums.CaseStatus.options,
        session: enums.SessionStatus.options,
        agreement: enums.AgreementStatus.options,
        duty: enums.Duty.options,
        type: enums.DisputeType.options,
        consent: enums.ConsentItem.options,
        identity: enums.IdentityMethod.options,
        check: enums.CheckKind.options,
        step: NextStep.options,
      },
    };
    const keys = Object.entries(needed).flatMap(([ns, kinds]) =>
      Object.entries(kinds).flatMap(([kind, options]) =>
        options.map((option) => [ns, `${kind}.${option}`] as const),
      ),
    );
    for (const language of languages)
      expect(keys.filter(([ns, key]) => !words(language, ns)[key])).toEqual([]);
  });

  test('every key that the web names exists', () => {
    const missing = web.flatMap(({ path, text }) => {
      const bound = [...text.matchAll(/const (\w+) = useWords\('([\w-]+)'\)/g)];
      const uses = [...new Set(bound.map(([, variable = '']) => variable))];
      return uses.flatMap((variable) => {
        const known = bound
          .filter(([, name]) => name === variable)
          .flatMap(([, , ns = '']) => Object.keys(words('zh-CN', ns)));
        return [...text.matchAll(new RegExp(`(?<![\\w.])${variable}\\('([^']+)'`, 'g'))]
          .map(([, key = '']) => key)
          .filter((key) => {
            const [inNamespace, name = key] = key.split(':');
            const keys = name === key ? known : Object.keys(words('zh-CN', inNamespace ?? ''));
            return !keys.some((each) => each === name || each === `${name}_other`);
          })
          .map((key) => `${path}: ${key}`);
      });
    });
    expect(missing).toEqual([]);
  });
});

test('every hard stop of text, signing and sealing (domain.md section 6) has a test that cites its article', () => {
  const titles = ['server/src', 'tests']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((path) => /\.test\.ts$/.test(path) && !path.includes('architecture'))
    .flatMap((path) =>
      [...read(path).matchAll(/(?:test|describe|it)(?:\.\w+)*\(\s*['`]([^'`]+)['`]/g)].map((m) => m[1] ?? ''),
    );
  const articles: [stop: string, cited: RegExp][] = [
    ['either side refuses', /人民调解法 17/],
    ['no fee', /人民调解法第?\s?4\b|人民调解法第4条/],
    ['signatures and seal before effect; changed text', /人民调解法 29/],
    ['not signed electronically', /电子签名法 3\b/],
    ['sole control', /电子签名法 13/],
    ['who vouches; a registered seal', /电子签名法 16/],
    ['no confirmation of this kind', /民诉法解释 355/],
    ['amount, date or payee missing', /358/],
    ['agent without special authority', /民事诉讼法第62条、民诉法解释第89条/],
    ['minors', /民法典 (17|19)/],
    ['doubtful capacity', /民法典 21/],
    ['known by document and attested before signing', /在线调解规则 17/],
    ['of one’s own free will', /人民调解法 3\b/],
    ['who cannot write', /民法典 490/],
    ['an organisation’s representative', /民法典 61/],
    ['refused to sign', /在线调解规则 25/],
    ['concessions are no evidence', /在线调解规则第18条/],
  ];
  expect(articles.filter(([, cited]) => !titles.some((title) => cited.test(title)))).toEqual([]);
});
