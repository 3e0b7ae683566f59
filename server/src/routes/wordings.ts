import { createRoute, z } from '@hono/zod-openapi';
import { SaveWordingInput, WordingKey, WordingList, WordingVersionView } from '../contract/wording.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { answers, body } from '../http/responses.ts';
import { listWordings, readWordingVersions, saveWording } from '../services/wordings/wordings.ts';

const params = z.object({ key: WordingKey });

const list = createRoute({
  method: 'get',
  path: '/wordings',
  summary: 'The court’s templates and clause library',
  responses: answers(WordingList, 'Each in the version that stands now'),
});
const versions = createRoute({
  method: 'get',
  path: '/wordings/{key}',
  summary: 'Every version of one template or of the clause library, newest first',
  request: { params },
  responses: answers(z.array(WordingVersionView), 'Versions'),
});
const save = createRoute({
  method: 'post',
  path: '/wordings/{key}',
  summary: 'Keeps a new version; earlier ones stay',
  request: { params, body: body(SaveWordingInput) },
  responses: answers(z.object({ number: z.int() }), 'Its number'),
});

export function wordingRoutes() {
  return resource()
    .openapi(list, async (c) => c.json(await listWordings(ctxOf(c, 'staff')), 200))
    .openapi(versions, async (c) =>
      c.json(await readWordingVersions(ctxOf(c, 'staff'), c.req.valid('param').key), 200),
    )
    .openapi(save, async (c) => {
      const input = { ...c.req.valid('param'), ...c.req.valid('json') };
      return c.json(await saveWording(ctxOf(c, 'staff'), input), 200);
    });
}
