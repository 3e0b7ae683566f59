import { SipClient } from 'livekit-server-sdk';
import type { Telephone } from '../../ports/telephone.ts';

const RINGING_SECONDS = 45;
const LONGEST_SECONDS = 4 * 3600;

/**
 * The telephone port on LiveKit's SIP service: `trunk` is an outbound trunk that was registered there (ST_…). The number
 * is kept out of the participant's attributes, which everybody in the room can read; its name stays empty.
 */
export function livekitTelephone(config: {
  url: string;
  key: string;
  secret: string;
  trunk: string;
}): Telephone {
  const http = config.url.replace(/^ws/, 'http');
  const sip = new SipClient(http, config.key, config.secret, { requestTimeout: 15 });
  return {
    async dial({ room, identity, to }) {
      await sip.createSipParticipant(config.trunk, to, room, {
        participantIdentity: identity,
        participantName: '',
        hidePhoneNumber: true,
        playDialtone: false,
        ringingTimeout: RINGING_SECONDS,
        maxCallDuration: LONGEST_SECONDS,
      });
    },
  };
}
