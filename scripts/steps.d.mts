export function step<T>(label: string, work: (detail: (text: string) => void) => Promise<T> | T): Promise<T>;
export function fail(sentence: string): never;
