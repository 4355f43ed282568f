/** Facts come oldest first; people want the newest on top. */
export const newestFirst = <T>(all: readonly T[]): readonly T[] => all.map((_, at) => all[all.length - 1 - at] as T);
