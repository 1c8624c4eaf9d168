export function prepareWorkingCopy(): Promise<void>;
export function isNodeNewEnough(version: string): boolean;
