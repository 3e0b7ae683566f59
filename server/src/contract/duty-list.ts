import * as z from 'zod';

const Person = z.object({ id: z.uuid(), name: z.string() });

/** 值班名单 of a town: who is rung last, in order, and the number that is shown to whoever calls. */
export const DutyList = z.object({
  placeId: z.uuid(),
  placeName: z.string(),
  phone: z.string().nullable(),
  judges: z.array(Person),
});
export const DutyLists = z.object({ towns: z.array(DutyList), judges: z.array(Person) });
export const DutyListInput = z.object({
  phone: z
    .string()
    .trim()
    .regex(/^[0-9+\- ]{5,20}$/)
    .nullable(),
  judgeIds: z.array(z.uuid()).max(20),
});

/** As a browser's PushSubscription says it. */
export const PushInput = z.object({
  endpoint: z.url().max(1000),
  keys: z.object({
    p256dh: z.string().regex(/^[A-Za-z0-9_-]{80,90}$/),
    auth: z.string().regex(/^[A-Za-z0-9_-]{20,26}$/),
  }),
});
export const PushEndpoint = z.object({ endpoint: z.string().max(1000) });
/** The key to subscribe with; null where Web Push is not offered. */
export const PushOffer = z.object({ publicKey: z.string().nullable() });
