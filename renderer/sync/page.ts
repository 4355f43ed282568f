/**
 * The page of the hidden window: owns the life of the sync worker, promises that there is one for the profile, and never
 * touches what the worker holds.
 */
new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'sync' });
