import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Node, parseSync } from 'oxc-parser';

export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

export type SourceFile = {
  /** Path from the project's root. */
  path: string;
  text: string;
  imports: { to: string; typeOnly: boolean }[];
  program: Node;
};

/** Every TypeScript file under a folder, parsed, without generated code and tests. */
export function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .filter(
      (path) =>
        /\.tsx?$/.test(path) && !/\.(test|fixture)\.tsx?$|\/generated\/|\/node_modules\/|\/dist\//.test(path),
    )
    .sort()
    .map(parse);
}

function parse(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const { module, program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} does not parse`);
  // Relative targets become paths from the root; packages stay as they are.
  const to = (target: string) =>
    target.startsWith('.') ? relative(root, join(root, dirname(path), target)).replaceAll('\\', '/') : target;
  const imports = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      to: to(moduleRequest.value),
      typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [{ to: to(moduleRequest.value), typeOnly: isType }] : [],
      ),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) => ({
      to: to(text.slice(moduleRequest.start, moduleRequest.end).replace(/^['"`]|['"`]$/g, '')),
      typeOnly: false,
    })),
  ];
  return { path, text, imports, program };
}

/** Visits every node of a parsed file. */
export function eachNode(node: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(node)) for (const child of node) eachNode(child, visit);
  else if (node && typeof node === 'object') {
    if ('type' in node && typeof node.type === 'string') visit(node as Node);
    for (const value of Object.values(node)) if (value && typeof value === 'object') eachNode(value, visit);
  }
}
