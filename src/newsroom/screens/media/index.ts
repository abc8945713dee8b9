import { said } from '../../i18n.ts';
import { api } from '../../api.ts';
import { mediaTitles } from '../../strings/media.titles.ts';
import { paletteText } from '../../strings/palette.ts';
import type { Registration } from '../registration.ts';
import type { Asset, AssetPage } from './assets.ts';

export const mediaRegistration: Registration = {
  screens: [
    {
      path: 'pictures',
      title: said(mediaTitles, 'title'),
      permission: 'media:read',
      load: () => import('./library.tsx'),
      nav: { group: 'media', order: 10 },
    },
    {
      path: 'pictures/$assetId',
      title: said(mediaTitles, 'asset'),
      permission: 'media:read',
      load: () => import('./detail.tsx'),
    },
  ],
  commands: [
    {
      id: 'media.upload',
      title: said(mediaTitles, 'upload'),
      words: said(paletteText, 'uploadWords'),
      permission: 'media:write',
      run: ({ go }) => go('pictures?upload=1'),
    },
  ],
  finders: [
    {
      id: 'media',
      title: said(mediaTitles, 'title'),
      permission: 'media:read',
      find: async (text, signal) => {
        const { items } = await api.get<AssetPage>('assets', { query: { q: text, limit: 6 }, signal });
        return items.map((asset: Asset) => ({
          id: asset.id,
          label: asset.caption === '' ? asset.fileName : asset.caption,
          note: asset.credit,
          to: `pictures/${asset.id}`,
        }));
      },
    },
  ],
};
