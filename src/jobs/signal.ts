const listeners = new Set<() => void>();

/** Workers of this process that want to hear at once of jobs committed here; those of other processes find them by looking. */
export function onJobs(heard: () => void): () => void {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

export function announceJobs(): void {
  for (const heard of listeners) heard();
}
