import { useEffect, useRef, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { Button, Field } from './index.tsx';

type Props = {
  /** The camera that faces the person, or what lies before it. */
  facing: 'user' | 'environment';
  /** Words of the button that uses the picture. */
  use: string;
  busy: boolean;
  onUse: (photo: Blob) => void;
};

/** One still picture: from the camera with a preview, or from a file where there is no camera or it is refused. */
export function CameraShot({ facing, use, busy, onUse }: Props) {
  const c = useWords('common');
  const video = useRef<HTMLVideoElement>(null);
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [blocked, block] = useState(false);
  const [shot, setShot] = useState<Blob | null>(null);
  const [picture, setPicture] = useState('');
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
    return () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
  }, [stream]);
  useEffect(() => {
    const url = shot ? URL.createObjectURL(shot) : '';
    setPicture(url);
    return () => URL.revokeObjectURL(url);
  }, [shot]);
  const open = async () => {
    try {
      setStream(await navigator.mediaDevices.getUserMedia({ video: { facingMode: facing } }));
    } catch {
      block(true);
    }
  };
  const take = () => {
    const el = video.current;
    if (!el?.videoWidth) return;
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [el.videoWidth, el.videoHeight];
    canvas.getContext('2d')?.drawImage(el, 0, 0);
    canvas.toBlob((blob) => setShot(blob), 'image/jpeg', 0.9);
    setStream(null);
  };
  if (shot)
    return (
      <div className="col">
        {picture && <img className="shot" src={picture} alt={c('photoTaken')} />}
        <Button look="primary" big wide busy={busy && c('sending')} onClick={() => onUse(shot)}>
          {use}
        </Button>
        <Button wide onClick={() => setShot(null)}>
          {c('photoAgain')}
        </Button>
      </div>
    );
  return (
    <div className="col">
      {stream ? (
        <>
          <video ref={video} className="shot" autoPlay playsInline muted aria-label={c('cameraPicture')} />
          <Button look="primary" big wide onClick={take}>
            {c('takePhoto')}
          </Button>
        </>
      ) : (
        <Button look="primary" big wide onClick={() => void open()}>
          {c('openCamera')}
        </Button>
      )}
      {blocked && <p className="notice warn">{c('cameraBlocked')}</p>}
      <Field label={c('photoFile')}>
        {(props) => (
          <input
            {...props}
            type="file"
            accept="image/jpeg,image/png,image/webp,image/heic"
            capture={facing}
            onChange={(e) => setShot(e.target.files?.[0] ?? null)}
          />
        )}
      </Field>
    </div>
  );
}
