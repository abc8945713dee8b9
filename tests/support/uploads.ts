import { Upload } from 'tus-js-client';
import { paths } from '../../src/contract/routes.ts';
import type { TestApi } from './api.ts';

/** Sends a file by a real tus client and answers with the asset that was made of it. @throws the client's error when it is refused */
export async function upload(
  api: Pick<TestApi, 'listen'>,
  token: string,
  file: { name: string; bytes: Buffer; chunkSize?: number },
): Promise<{ asset: string; url: string }> {
  const address = await api.listen();
  return new Promise((resolve, reject) => {
    const sending = new Upload(file.bytes, {
      endpoint: address + paths.uploads(),
      headers: { authorization: `Bearer ${token}` },
      metadata: { filename: file.name },
      retryDelays: [],
      ...(file.chunkSize === undefined ? {} : { chunkSize: file.chunkSize }),
      onError: reject,
      onSuccess: ({ lastResponse }) =>
        resolve({ asset: lastResponse.getHeader('Dateline-Asset') ?? '', url: sending.url ?? '' }),
    });
    sending.start();
  });
}
