/** The stable public addresses. Each also answers with `.md` and `.json` behind it. */
export const policyPath = (key: string): string => `/policies/${key}`;
export const versionPath = (key: string, number: number): string => `/policies/${key}/versions/${number}`;
export const comparisonPath = (key: string, from: number, to: number): string => `/policies/${key}/compare/${from}/${to}`;
