import type { ErrorCode } from '@tongxi/server/contract/errors.ts';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { ApiError } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Frame, useMe } from '../../shell/frame.tsx';
import { Card, ErrorNotice } from '../../ui/index.tsx';
import { DemoPeopleCard, type Fill } from './demo-people.tsx';
import { DeviceSignIn } from './device-sign-in.tsx';
import { EnrolDevice } from './enrol-device.tsx';
import { PasswordSignIn } from './password-sign-in.tsx';
import { useOptions } from './queries.ts';
import { SecondFactor } from './second-factor.tsx';

/**
 * Two large ways: at an enrolled station a code to the director's phone, elsewhere account and second factor.
 * A session that still owes its second factor sees only that.
 */
export function SignInPage() {
  const t = useWords('sign-in');
  const me = useMe();
  const options = useOptions();
  const [search] = useSearchParams();
  const [fill, setFill] = useState<Fill>({ login: '', password: '', totp: '' });
  const refused = search.get('error');
  const station = options.data?.stationName ?? null;
  const half = me.data?.kind === 'staff' && me.data.secondFactorMissing;
  return (
    <Frame title={t('title')}>
      <div className="col">
        <h1>{half ? t('secondTitle', { name: me.data?.name }) : t('welcome')}</h1>
        {refused && <ErrorNotice error={new ApiError(refused as ErrorCode, 400, '', {})} />}
        {half ? (
          <Card className="col">
            <SecondFactor fill={fill.totp} />
          </Card>
        ) : (
          <div className="two">
            {station ? (
              <DeviceSignIn station={station} />
            ) : (
              <PasswordSignIn fill={fill} provider={options.data?.identityProvider ?? null} />
            )}
            {station ? (
              <details className="card">
                <summary>{t('otherWay')}</summary>
                <PasswordSignIn fill={fill} provider={options.data?.identityProvider ?? null} plain />
              </details>
            ) : (
              <Card className="col">
                <h2>{t('stationTitle')}</h2>
                <p>{t('stationHint')}</p>
                <EnrolDevice />
              </Card>
            )}
          </div>
        )}
        {options.data?.demo && <DemoPeopleCard half={half} station={station} onFill={setFill} />}
      </div>
    </Frame>
  );
}
