import { useEffect, useState } from 'react';
import { serverNow } from '../../api/server-time.ts';

/** Minutes and seconds since a moment, counting. */
export function Since({ at }: { at: string }) {
  const [now, set] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => set(serverNow()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((now - Date.parse(at)) / 1000));
  return (
    <span className="tabular">
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
    </span>
  );
}
