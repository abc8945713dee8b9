import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  EpisodeAnswer,
  ListeningAnswer,
  MomentAnswer,
  MountAnswer,
  OnAirAnswer,
  ProgrammeAnswer,
  SlotAnswer,
} from '../../../contract/radio-answers.ts';
import { api } from '../../api.ts';

type Items<T extends z.ZodType> = { readonly items: readonly z.infer<T>[] };
export type OnAir = z.infer<typeof OnAirAnswer>;
export type Mount = z.infer<typeof MountAnswer>;
export type Programme = z.infer<typeof ProgrammeAnswer>;
export type Slot = z.infer<typeof SlotAnswer>;
export type Episode = z.infer<typeof EpisodeAnswer>;
export type Moment = z.infer<typeof MomentAnswer>;

/** What is on and who listens, looked at again every few seconds. */
export const useOnAir = () =>
  useQuery({
    queryKey: ['radio', 'on-air'],
    queryFn: () => api.get<Items<typeof OnAirAnswer>>('radio/on-air'),
    refetchInterval: 3000,
  });

export const useMounts = () =>
  useQuery({
    queryKey: ['radio', 'mounts'],
    queryFn: () => api.get<Items<typeof MountAnswer>>('radio/mounts'),
  });

export const useProgrammes = () =>
  useQuery({
    queryKey: ['radio', 'programmes'],
    queryFn: () => api.get<Items<typeof ProgrammeAnswer>>('radio/programmes', { query: { limit: 100 } }),
  });

const DAY_MS = 86_400_000;

/** Who has listened to each programme in the last seven days. */
export const useListening = () =>
  useQuery({
    queryKey: ['radio', 'listening'],
    queryFn: () => {
      const now = Date.now();
      return api.get<Items<typeof ListeningAnswer>>('radio/listening', {
        query: { from: new Date(now - 7 * DAY_MS).toISOString(), to: new Date(now).toISOString() },
      });
    },
    refetchInterval: 60_000,
  });

export const useSlots = () =>
  useQuery({
    queryKey: ['radio', 'slots'],
    queryFn: () => api.get<Items<typeof SlotAnswer>>('radio/slots'),
  });

export const useEpisodes = () =>
  useQuery({
    queryKey: ['radio', 'episodes'],
    queryFn: () => api.get<Items<typeof EpisodeAnswer>>('radio/episodes', { query: { limit: 20 } }),
  });

export const useMoments = (mount: string) =>
  useQuery({
    queryKey: ['radio', 'moments', mount],
    queryFn: () => api.get<Items<typeof MomentAnswer>>(`radio/mounts/${mount}/moments`),
  });
