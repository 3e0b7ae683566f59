import { useQuery } from '@tanstack/react-query';
import type { VerifyPictures } from '@tongxi/server/contract/verify.ts';
import { upload } from '../../api/client.ts';

/** Pages when `field` was signed (null: in the last state that holds) beside now; the file is sent again, never kept. */
export function usePictures(file: File, field: string | null) {
  return useQuery({
    queryKey: ['verify-pages', file.name, file.size, file.lastModified, field],
    queryFn: () => {
      const form = new FormData();
      form.set('file', file);
      if (field !== null) form.set('field', field);
      return upload<VerifyPictures>('/api/verify/pages', form);
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
